using VaultGrid.Ceremony.Files;

namespace VaultGrid.Cli.Files;

/// <summary>The files that a command leaves: checked before anything is done, written when everything is known, never over another file.</summary>
internal sealed class OutputFiles
{
    private readonly List<(string Path, byte[] Bytes)> _files = [];

    /// <summary>Ends the command if the file is there or can't come to be.</summary>
    public static string Check(string path)
    {
        if (Path.Exists(path)) throw CommandEndedException.Usage($"{path} exists already", "choose another name or remove the file: nothing is overwritten");
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(directory) ? path : throw CommandEndedException.Usage($"there is no directory {directory}");
    }

    public OutputFiles Add(string path, ReadOnlySpan<byte> bytes)
    {
        _files.Add((Check(path), bytes.ToArray()));
        return this;
    }

    public OutputFiles Add(string path, string text) => Add(path, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write()
    {
        foreach (var (path, bytes) in _files) AtomicFile.Write(path, bytes);
    }
}
