// The player of HLS for browsers that bring none of their own with low latency; loaded by stream.js when it is needed.
import Hls from "hls.js/light";

window.Hls = Hls;
