// Renders a kustomization: as much of kustomize as k8s/ uses, so that the checks need no kubectl. Where there is one, a test compares the two.
import fs from "node:fs";
import path from "node:path";
import { parse, parseAllDocuments } from "yaml";

const known = ["apiVersion", "kind", "namespace", "resources", "labels", "images", "patches"];
const isClusterWide = (object) => object.kind === "Namespace";

export function render(folder) {
  const kustomization = parse(fs.readFileSync(path.join(folder, "kustomization.yaml"), "utf8"));
  for (const field of Object.keys(kustomization)) if (!known.includes(field)) throw new Error(`${folder}: ${field} is not understood here`);

  const objects = (kustomization.resources ?? []).flatMap((resource) => {
    const at = path.join(folder, resource);
    return fs.statSync(at).isDirectory() ? render(at) : parseAllDocuments(fs.readFileSync(at, "utf8")).map((document) => document.toJS());
  });
  for (const patch of kustomization.patches ?? []) applyPatch(objects, patch, folder);
  for (const object of objects) {
    if (kustomization.namespace) setNamespace(object, kustomization.namespace);
    for (const label of kustomization.labels ?? []) setLabels(object, label);
    for (const image of kustomization.images ?? []) setImages(object, image);
  }
  return objects;
}

function setNamespace(object, namespace) {
  if (object.kind === "Namespace") object.metadata.name = namespace;
  else if (!isClusterWide(object)) object.metadata.namespace = namespace;
}

function setLabels(object, { pairs, includeTemplates, includeSelectors, ...rest }) {
  if (includeSelectors || Object.keys(rest).length > 0) throw new Error("labels: only pairs and includeTemplates are understood here");
  object.metadata.labels = { ...object.metadata.labels, ...pairs };
  const template = object.spec?.template;
  if (includeTemplates && template) template.metadata.labels = { ...template.metadata.labels, ...pairs };
  if (includeTemplates) for (const claim of object.spec?.volumeClaimTemplates ?? []) claim.metadata.labels = { ...claim.metadata.labels, ...pairs };
}

function setImages(object, { name, newName, newTag }) {
  const pod = object.spec?.template?.spec;
  for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
    const [image, tag] = container.image.split(":");
    if (image === name) container.image = `${newName ?? image}:${newTag ?? tag}`;
  }
}

function applyPatch(objects, { target, patch }, folder) {
  const hit = objects.filter((object) => object.kind === target.kind && object.metadata.name === target.name);
  if (hit.length === 0) throw new Error(`${folder}: a patch has no target ${target.kind} ${target.name}`);
  for (const object of hit) for (const operation of parse(patch)) applyOperation(object, operation);
}

// RFC 6902, on members that are there.
function applyOperation(object, { op, path: pointer, value }) {
  const parts = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = parts.pop();
  const parent = parts.reduce((at, part) => at[part], object);
  if (op !== "add" && !(last in parent)) throw new Error(`${pointer} is not there`);
  if (op === "remove") delete parent[last];
  else if (op === "replace" || op === "add") parent[last] = value;
  else throw new Error(`${op} is not understood here`);
}
