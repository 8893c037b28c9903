// What every page does once it is there; without it every link and form works all the same.
// An import ends with a semicolon: web.statics knows it by that, and names each module by its content.

import "./vendor/turbo.js";
import "./living.js";
import "./gestures.js";
import "./reading.js";
import "./writing.js";
import "./keeping.js";
import "./names.js";
import "./files.js";
import "./large.js";
import "./quoting.js";
import "./chart.js";
import "./searching.js";
import "./keys.js";
import "./pushing.js";
