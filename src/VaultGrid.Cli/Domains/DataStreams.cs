using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Domains;

/// <summary>What is read and what is written: files, or standard input and output as <c>-</c>.</summary>
internal static class DataStreams
{
    public static Stream OpenInput(string path)
    {
        if (path == "-") return Console.OpenStandardInput();
        if (Directory.Exists(path)) throw CommandEndedException.Usage($"{path} is a directory, not a file");
        if (!File.Exists(path)) throw CommandEndedException.Usage($"there is no file {path}");

        // The pipe has buffers of its own, a chunk each.
        return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
    }

    public static long? LengthOf(Stream input) => input.CanSeek ? input.Length : null;

    public static void CheckOutput(string path)
    {
        if (path != "-") _ = OutputFiles.Check(path);
    }
}
