// What editor.js takes from Lexical: everything else is left out of the bundle.
export {
  $createParagraphNode, $createTextNode, $getRoot, $getSelection, $insertNodes, $isElementNode, $isLineBreakNode,
  $isRangeSelection, $isTextNode, COMMAND_PRIORITY_HIGH, FORMAT_TEXT_COMMAND, KEY_DOWN_COMMAND, PASTE_COMMAND,
  createEditor,
} from "lexical"
export { $insertGeneratedNodes } from "@lexical/clipboard"
export { $createCodeNode, $isCodeNode, CodeNode } from "@lexical/code-core"
export { createEmptyHistoryState, registerHistory } from "@lexical/history"
export { $generateNodesFromDOM } from "@lexical/html"
export {
  $isLinkNode, $toggleLink, AutoLinkNode, LinkNode, autoLinkEmailMatcher, autoLinkUrlMatcher, registerAutoLink,
} from "@lexical/link"
export {
  $insertList, $isListItemNode, $isListNode, $removeList, ListItemNode, ListNode, registerList,
} from "@lexical/list"
export {
  BOLD_ITALIC_STAR, BOLD_STAR, CODE, HEADING, INLINE_CODE, ITALIC_STAR, LINK, ORDERED_LIST, QUOTE, STRIKETHROUGH,
  UNORDERED_LIST, registerMarkdownShortcuts,
} from "@lexical/markdown"
export {
  $createHeadingNode, $createQuoteNode, $isHeadingNode, $isQuoteNode, HeadingNode, QuoteNode, registerRichText,
} from "@lexical/rich-text"
export { $setBlocksType } from "@lexical/selection"
export { $getNearestNodeOfType } from "@lexical/utils"
