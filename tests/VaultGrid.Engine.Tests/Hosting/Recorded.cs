using VaultGrid.Testing;

namespace VaultGrid.Engine.Tests.Hosting;

/// <summary>Files that freeze something. They are written anew only by <c>VAULTGRID_RECORD=name</c>, and then looked at in the diff.</summary>
internal static class Recorded
{
    /// <summary>Compares the lines with a file below <c>tests/</c>; its own comment lines (#) stay as they are.</summary>
    public static void Equals(string file, string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(Repository.Root, "tests", file);
        string[] actual = [.. lines];
        var before = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (Environment.GetEnvironmentVariable("VAULTGRID_RECORD") == name)
        {
            File.WriteAllLines(path, [.. before.Where(line => line.StartsWith('#')), .. actual]);
            return;
        }

        var recorded = before.Where(line => !line.StartsWith('#')).ToArray();
        var missing = recorded.Except(actual).Select(line => "- " + line);
        var added = actual.Except(recorded).Select(line => "+ " + line);
        Assert.True(
            recorded.SequenceEqual(actual),
            $"{file} is not what the code says (VAULTGRID_RECORD={name} records it anew):\n{string.Join('\n', missing.Concat(added))}");
    }
}
