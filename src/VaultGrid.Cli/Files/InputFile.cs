
namespace VaultGrid.Cli.Files;

/// <summary>Reads what a command is given, never more than it can be.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a file; <c>-</c> is standard input.</summary>
    public static byte[] Bytes(string path, int limit = 1 << 20)
    {
        using var stream = Open(path);
        using var read = new MemoryStream();
        var buffer = new byte[8192];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            read.Write(buffer, 0, count);
            if (read.Length > limit) throw CommandEndedException.Refused(new Refusal(RefusalCode.InputTooLarge, $"{path} has more than {limit} bytes"));
        }

        return read.ToArray();
    }

    public static string Text(string path, int limit = 1 << 20) => System.Text.Encoding.UTF8.GetString(Bytes(path, limit));

    private static Stream Open(string path)
    {
        if (path == "-") return Console.OpenStandardInput();
        if (Directory.Exists(path)) throw CommandEndedException.Usage($"{path} is a directory, not a file");
        if (!File.Exists(path)) throw CommandEndedException.Usage($"there is no file {path}");
        return File.OpenRead(path);
    }
}
