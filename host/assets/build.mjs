// Builds the bundles of apps: node build.mjs '{"modules": ..., "apps": {"frappe": {"package": ..., "dist": ...}}}'
//
// `package` is the app's Python package, `dist` the folder to write to, `build` (optional, default all) the apps to build.
// Prints one line of JSON: {"NAME.bundle.js": "/assets/APP/dist/js/NAME.bundle.HASH.js", ...}.

import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const config = JSON.parse(process.argv[2]);
const load = createRequire(path.join(config.modules, "package.json"));
const esbuild = load("esbuild");
const sass = load("sass");
const vue = load("@vue/compiler-sfc");

const FONTS_AND_PICTURES = [".woff", ".woff2", ".ttf", ".eot", ".otf", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"];
const STYLES = [".scss", ".css"];

function bundles_below(folder) {
	if (!fs.existsSync(folder)) return [];
	return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const full = path.join(folder, entry.name);
		if (entry.isDirectory()) return ["dist", "node_modules"].includes(entry.name) ? [] : bundles_below(full);
		return /\.bundle\.(js|ts|css|scss)$/.test(entry.name) ? [full] : [];
	});
}

// "frappe/public/x" and "case_management/public/x" lie in that app, "~x" in node_modules.
function locate(name) {
	const bare = name.replace(/^(\.\/)?~\/?/, "");
	const [app, ...rest] = bare.split("/");
	const folder = config.apps[app]?.package;
	const places = [folder && path.join(folder, ...rest), path.join(config.modules, bare)].filter(Boolean);
	const endings = ["", ".js", ".ts", ".vue", ".scss", ".css", "/index.js"];
	for (const place of places) {
		for (const ending of endings) {
			const file = place + ending;
			if (fs.existsSync(file) && fs.statSync(file).isFile()) return file;
		}
	}
}

const resolver = {
	name: "resolver",
	setup(build) {
		build.onResolve({ filter: /^\/?assets\// }, ({ path }) => ({ path, external: true }));
		build.onResolve({ filter: /^(\.\/)?~/ }, ({ path: name }) => {
			const file = locate(name);
			return file ? { path: file } : undefined;
		});
		build.onResolve({ filter: /^[a-z_]+\// }, ({ path: name }) => {
			const file = name.split("/")[0] in config.apps ? locate(name) : undefined;
			return file ? { path: file } : undefined;
		});
	},
};

const templates = {
	name: "templates",
	setup(build) {
		build.onLoad({ filter: /\.html$/ }, async ({ path: file }) => {
			const name = JSON.stringify(path.basename(file).split(".")[0]);
			const text = JSON.stringify(await fs.promises.readFile(file, "utf8"));
			return { contents: `frappe.templates[${name}] = ${text};`, loader: "js" };
		});
	},
};

// Sass leaves imports of plain CSS alone: esbuild takes them in afterwards.
async function css_of(text, folder, syntax) {
	const options = { syntax, loadPaths: [folder, config.modules], quietDeps: true, logger: sass.Logger.silent };
	const importers = [{ findFileUrl: sass_import }];
	const compiled = sass.compileString(text, { ...options, importers, url: new URL(`file://${folder}/-.scss`) });
	const result = await esbuild.build({
		...common,
		stdin: { contents: compiled.css, resolveDir: folder, loader: "css" },
		write: false,
		plugins: [resolver],
	});
	return result.outputFiles[0].text;
}

function sass_import(name) {
	const bare = name.replace(/^~\/?/, "");
	const [app, ...rest] = bare.split("/");
	const root = config.apps[app] ? path.join(config.apps[app].package, ...rest) : path.join(config.modules, bare);
	const { dir, base } = path.parse(root);
	const stem = base.replace(/\.(scss|css)$/, "");
	const names = [base, `${stem}.scss`, `_${stem}.scss`, `${stem}.css`, `${stem}/index.scss`, `${stem}/_index.scss`];
	const found = names.map((it) => path.join(dir, it)).find((it) => fs.existsSync(it) && fs.statSync(it).isFile());
	return found ? new URL(`file://${found}`) : null;
}

const components = {
	name: "components",
	setup(build) {
		build.onLoad({ filter: /\.vue$/ }, async ({ path: file }) => {
			const source = await fs.promises.readFile(file, "utf8");
			const { descriptor, errors } = vue.parse(source, { filename: file });
			if (errors.length) return { errors: errors.map(({ message }) => ({ text: `${file}: ${message}` })) };
			const id = createHash("sha256").update(path.basename(path.dirname(file)) + file).digest("hex").slice(0, 8);
			const contents = await component_code(descriptor, id, file);
			return { contents, loader: "ts", resolveDir: path.dirname(file) };
		});
	},
};

async function component_code(descriptor, id, filename) {
	const scoped = descriptor.styles.some((style) => style.scoped);
	const scope = scoped ? `data-v-${id}` : undefined;
	const inline = Boolean(descriptor.scriptSetup);
	const templateOptions = { scoped, id, compilerOptions: { scopeId: scope } };
	const lines = [];
	if (descriptor.script || inline) {
		const script = vue.compileScript(descriptor, { id, inlineTemplate: inline, templateOptions });
		lines.push(vue.rewriteDefault(script.content, "component", ["typescript"]));
	} else {
		lines.push("const component = {};");
	}
	if (descriptor.template && !inline) {
		const source = descriptor.template.content;
		const { code } = vue.compileTemplate({ source, filename, ...templateOptions });
		lines.push(code.replace("export function render", "function render"), "component.render = render;");
	}
	if (scope) lines.push(`component.__scopeId = ${JSON.stringify(scope)};`);
	for (const style of descriptor.styles) lines.push(style_code(await style_css(style, id, filename)));
	lines.push("export default component;");
	return lines.join("\n");
}

async function style_css(style, id, filename) {
	const css = await css_of(style.content, path.dirname(filename), style.lang === "scss" ? "scss" : "css");
	if (!style.scoped) return css;
	const result = await vue.compileStyleAsync({ source: css, filename, id: `data-v-${id}`, scoped: true });
	if (result.errors.length) throw result.errors[0];
	return result.code;
}

const style_code = (css) => `(() => {
	const style = document.createElement("style");
	style.textContent = ${JSON.stringify(css)};
	document.head.appendChild(style);
})();`;

const common = {
	bundle: true,
	minify: true,
	target: ["es2018"],
	nodePaths: [config.modules],
	loader: Object.fromEntries(FONTS_AND_PICTURES.map((ending) => [ending, "dataurl"])),
	logLevel: "error",
	legalComments: "none",
};

async function build_script(file) {
	const result = await esbuild.build({
		...common,
		entryPoints: [file],
		write: false,
		format: "iife",
		banner: { js: "window.frappe = window.frappe || {};" },
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
		},
		plugins: [templates, resolver, components],
		outdir: "/out",
	});
	return result.outputFiles.find((it) => it.path.endsWith(".js")).text;
}

async function build_bundle(app, file) {
	const { name, ext } = path.parse(file);
	const is_style = STYLES.includes(ext);
	const kind = is_style ? "css" : "js";
	const text = is_style
		? await css_of(fs.readFileSync(file, "utf8"), path.dirname(file), ext === ".scss" ? "scss" : "css")
		: await build_script(file);
	const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
	const folder = path.join(config.apps[app].dist, kind);
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(path.join(folder, `${name}.${hash}.${kind}`), text);
	return [`${name}.${kind}`, `/assets/${app}/dist/${kind}/${name}.${hash}.${kind}`];
}

const wanted = config.build || Object.keys(config.apps);
const files = wanted.flatMap((app) =>
	bundles_below(path.join(config.apps[app].package, "public")).map((file) => [app, file])
);
const built = await Promise.all(files.map(([app, file]) => build_bundle(app, file)));
console.log(JSON.stringify(Object.fromEntries(built)));
