import { init, Policy } from "takeback";
import shop from "../shop/shop.takeback?raw";

const ready = init().then(() => Policy.compile({ "shop.takeback": shop }));

self.onmessage = async ({ data: visit }) => self.postMessage((await ready).words(visit));
