// node check.mjs FOLDER: prints the rendered objects as JSON where they fit Kubernetes' schemas; else says what doesn't, and ends with 1.
import * as client from "@kubernetes/client-node";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { render } from "./render.mjs";

const models = { NetworkPolicy, ConfigMap, Deployment, Namespace, PodDisruptionBudget, Service, ServiceAccount, StatefulSet };
const failures = [];

// What is required, of which type and form: validators made of the OpenAPI document.
function checkSchema(object) {
  const Model = models[object.kind];
  if (!Model) return failures.push(`${object.kind} has no schema here`);
  if (Model.apiVersion && object.apiVersion !== Model.apiVersion) failures.push(`${object.kind} has apiVersion ${object.apiVersion}`);
  try {
    new Model(object).validate();
  } catch (failure) {
    failures.push(`${object.kind} ${object.metadata?.name}: ${failure.message}`);
  }
}

// Members that no schema knows, which a server would drop in silence: the client's models list those that there are.
function checkMembers(value, type, at) {
  if (value === null || typeof value !== "object") return;
  const list = /^Array<(.*)>$/.exec(type);
  if (list) return value.forEach((item, index) => checkMembers(item, list[1], `${at}/${index}`));
  const model = client[type];
  if (typeof model?.getAttributeTypeMap !== "function") return;
  const members = new Map(model.getAttributeTypeMap().map((member) => [member.baseName, member.type]));
  for (const [name, inner] of Object.entries(value)) {
    if (!members.has(name)) failures.push(`${at}/${name} is no member of ${type}`);
    else checkMembers(inner, members.get(name), `${at}/${name}`);
  }
}

const objects = render(process.argv[2]);
for (const object of objects) {
  checkSchema(object);
  checkMembers(object, `V1${object.kind}`, `${object.kind} ${object.metadata?.name}`);
}
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;
else console.log(JSON.stringify(objects));
