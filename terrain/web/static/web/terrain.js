// What every page does once it is there; without it every link and form works all the same.

import "./vendor/turbo.js"
import "./living.js"
import "./gestures.js"
import "./reading.js"
import "./writing.js"
import "./names.js"

// Turbo's bar would bring its own style into the page, which the page's rules refuse: the style sheet shows it instead.
window.Turbo.config.drive.progressBarDelay = 2 ** 30
