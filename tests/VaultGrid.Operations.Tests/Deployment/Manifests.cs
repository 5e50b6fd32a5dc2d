using System.Text.Json.Nodes;

namespace VaultGrid.Operations.Tests.Deployment;

/// <summary>The objects of an overlay of k8s/, rendered and held against Kubernetes' schemas by tests/kubernetes.</summary>
internal static class Manifests
{
    private static readonly string Folder = Repository.PathOf("tests", "kubernetes");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Renders and checks a folder; what doesn't fit is in the second part.</summary>
    public static async Task<(IReadOnlyList<JsonObject> Objects, string Problems)> RenderAsync(string path)
    {
        await Installed.Value;
        var (code, output, error) = await Tool.RunAsync("node", ["check.mjs", path], Folder);
        return code == 0 ? ([.. JsonNode.Parse(output)!.AsArray().Select(item => item!.AsObject())], "") : ([], error);
    }

    public static async Task<IReadOnlyList<JsonObject>> OverlayAsync(string overlay)
    {
        var (objects, problems) = await RenderAsync(Repository.PathOf("k8s", "overlays", overlay));
        Assert.True(problems.Length == 0, problems);
        return objects;
    }

    /// <summary>The objects of a YAML text.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ParseAsync(string text)
    {
        await Installed.Value;
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text);
        const string Script = "import fs from 'node:fs'; import {parseAllDocuments} from 'yaml'; console.log(JSON.stringify(parseAllDocuments(fs.readFileSync(process.argv[1],'utf8')).map(d=>d.toJS())))";
        var (code, output, error) = await Tool.RunAsync("node", ["--input-type=module", "-e", Script, file], Folder);
        File.Delete(file);
        Assert.True(code == 0, error);
        return [.. JsonNode.Parse(output)!.AsArray().Select(item => item!.DeepClone())];
    }

    private static async Task InstallAsync()
    {
        // The lock file says what is installed; a folder that already matches it stays as it is.
        var lockFile = Path.Combine(Folder, "package-lock.json");
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(lockFile)) return;
        var (code, _, error) = await Tool.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], Folder);
        Assert.True(code == 0, $"npm ci failed in tests/kubernetes: {error}");
    }
}
