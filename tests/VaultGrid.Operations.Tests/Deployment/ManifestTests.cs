using System.Text.Json.Nodes;

namespace VaultGrid.Operations.Tests.Deployment;

/// <summary>k8s/ keeps what SECURITY.md says: no secret in a variable, no privilege, and traffic along the trust boundary alone.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Overlays => ["development", "production"];

    [Theory, MemberData(nameof(Overlays))]
    public async Task It_fits_the_schemas_of_Kubernetes(string overlay) => Assert.NotEmpty(await Manifests.OverlayAsync(overlay));

    [Fact]
    public async Task A_member_that_no_schema_knows_and_a_wrong_type_are_found()
    {
        var folder = Directory.CreateTempSubdirectory("vg-k8s-").FullName;
        foreach (var file in Directory.GetFiles(Repository.PathOf("k8s", "cluster"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var nodes = Path.Combine(folder, "nodes.yaml");
        await File.WriteAllTextAsync(nodes, (await File.ReadAllTextAsync(nodes)).Replace("runAsNonRoot:", "runAsNotRoot:", StringComparison.Ordinal).Replace("replicas: 3", "replicas: three", StringComparison.Ordinal));
        var (_, problems) = await Manifests.RenderAsync(folder);
        Assert.Contains("runAsNotRoot is no member of V1PodSecurityContext", problems, StringComparison.Ordinal);
        Assert.Contains("replicas must be integer", problems, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task It_is_what_kustomize_makes_of_it(string overlay)
    {
        if (!Tool.Has("kubectl")) Assert.Skip("kubectl is not there to compare with");
        var (code, output, error) = await Tool.RunAsync("kubectl", ["kustomize", Repository.PathOf("k8s", "overlays", overlay)]);
        Assert.True(code == 0, error);
        var theirs = await Manifests.ParseAsync(output);
        var ours = await Manifests.OverlayAsync(overlay);
        Assert.Equal(ours.Count, theirs.Count);
        foreach (var each in ours)
            Assert.True(theirs.Any(other => JsonNode.DeepEquals(each, other)), $"{each["kind"]} {each["metadata"]!["name"]} differs");
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task No_secret_is_in_a_variable(string overlay)
    {
        foreach (var container in (await Manifests.OverlayAsync(overlay)).SelectMany(Pods).SelectMany(Containers))
        {
            Assert.Null(container["envFrom"]);
            foreach (var variable in container["env"]?.AsArray() ?? [])
            {
                Assert.Null(variable!["value"]);
                Assert.NotNull(variable["valueFrom"]!["fieldRef"]);
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Settings_are_there_for_each_workload_and_hold_no_password(string overlay)
    {
        var objects = await Manifests.OverlayAsync(overlay);
        foreach (var workload in objects.Where(item => Kind(item) is "StatefulSet" or "Deployment"))
        {
            var named = Pods(workload).SelectMany(pod => pod["volumes"]!.AsArray()).Select(volume => (string?)volume!["configMap"]?["name"]).Single(name => name is not null);
            var map = objects.Single(item => Kind(item) == "ConfigMap" && Namespace(item) == Namespace(workload) && (string?)item["metadata"]!["name"] == named);
            var settings = JsonNode.Parse((string)Assert.Single(map["data"]!.AsObject()).Value!)!.ToJsonString();
            Assert.Contains("Passfile=/run/secrets/database/pgpass", settings, StringComparison.Ordinal);
            Assert.DoesNotContain("Password=", settings, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task No_pod_has_a_privilege_a_token_or_a_writable_root(string overlay)
    {
        var objects = await Manifests.OverlayAsync(overlay);
        Assert.All(objects.Where(item => Kind(item) == "ServiceAccount"), account => Assert.False((bool)account["automountServiceAccountToken"]!));
        foreach (var pod in objects.SelectMany(Pods))
        {
            Assert.False((bool)pod["automountServiceAccountToken"]!);
            Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
            Assert.Equal("RuntimeDefault", (string?)pod["securityContext"]!["seccompProfile"]!["type"]);
            Assert.All((string[])["hostNetwork", "hostPID", "hostIPC"], host => Assert.False((bool)pod[host]!));
            Assert.DoesNotContain(pod["volumes"]!.AsArray(), volume => volume!["hostPath"] is not null);
            foreach (var container in Containers(pod))
            {
                var context = container["securityContext"]!;
                Assert.False((bool)context["allowPrivilegeEscalation"]!);
                Assert.True((bool)context["readOnlyRootFilesystem"]!);
                Assert.Equal("ALL", (string?)context["capabilities"]!["drop"]![0]);
                Assert.Null(context["capabilities"]!["add"]);
                Assert.True((int)context["runAsUser"]! > 0);
                Assert.NotNull(container["resources"]!["limits"]!["memory"]);
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Store_and_sealing_key_are_the_enclaves_and_its_users_alone(string overlay)
    {
        foreach (var pod in (await Manifests.OverlayAsync(overlay)).Where(item => Kind(item) == "StatefulSet").SelectMany(Pods))
        {
            var (enclave, silo) = (Container(pod, "enclave"), Container(pod, "silo"));
            Assert.Equal(["store", "run", "sealing"], Mounts(enclave));
            Assert.Empty(Mounts(silo).Intersect(["store", "sealing", "sealing-keys"]));
            Assert.Null(enclave["env"]);
            var siloUser = (int)silo["securityContext"]!["runAsUser"]!;
            Assert.NotEqual((int)enclave["securityContext"]!["runAsUser"]!, siloUser);
            var arguments = enclave["args"]!.AsArray().Select(argument => (string)argument!).ToList();
            Assert.Equal($"{siloUser}", arguments[arguments.IndexOf("--allow-uid") + 1]);
            Assert.DoesNotContain(arguments, argument => argument.StartsWith("--unsafe", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task In_production_the_enclave_has_a_profile_of_its_own_and_no_neighbour_of_its_cluster()
    {
        var pods = (await Manifests.OverlayAsync("production")).Where(item => Kind(item) == "StatefulSet").SelectMany(Pods).ToList();
        Assert.Equal(3, pods.Count);
        Assert.All(pods, pod =>
        {
            Assert.Equal("vaultgrid/enclave.json", (string?)Container(pod, "enclave")["securityContext"]!["seccompProfile"]!["localhostProfile"]);
            var apart = pod["affinity"]!["podAntiAffinity"]!["requiredDuringSchedulingIgnoredDuringExecution"]![0]!;
            Assert.Equal("kubernetes.io/hostname", (string?)apart["topologyKey"]);
        });
        Assert.All(pods.SelectMany(Containers), container => Assert.Matches(@":\d+\.\d+\.\d+$", (string)container["image"]!));
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_workload_has_probes_and_a_disruption_budget(string overlay)
    {
        var objects = await Manifests.OverlayAsync(overlay);
        foreach (var workload in objects.Where(item => Kind(item) is "StatefulSet" or "Deployment"))
        {
            Assert.All(workload["spec"]!["template"]!["spec"]!["containers"]!.AsArray(), container => Assert.NotNull(container!["startupProbe"]));
            Assert.Contains(objects, item => Kind(item) == "PodDisruptionBudget" && Namespace(item) == Namespace(workload)
                && JsonNode.DeepEquals(item["spec"]!["selector"], workload["spec"]!["selector"]));
        }
    }

    internal static string? Kind(JsonNode item) => (string?)item["kind"];

    internal static string? Namespace(JsonNode item) => (string?)item["metadata"]!["namespace"];

    private static IEnumerable<JsonNode> Pods(JsonObject item) => item["spec"]?["template"]?["spec"] is { } pod ? [pod] : [];

    private static IEnumerable<JsonNode> Containers(JsonNode pod) =>
        (pod["initContainers"]?.AsArray() ?? []).Concat(pod["containers"]!.AsArray()).Select(container => container!);

    private static JsonNode Container(JsonNode pod, string name) => Containers(pod).Single(container => (string?)container["name"] == name);

    private static IEnumerable<string> Mounts(JsonNode container) => container["volumeMounts"]!.AsArray().Select(mount => (string)mount!["name"]!);
}
