using System.Text;

namespace VaultGrid.WarmCli;

/// <summary>A command line, and where and with which settings it was typed.</summary>
/// <param name="Directory">The shell's working directory.</param>
/// <param name="Settings">What the program knows of the environment: a value, or null where the variable isn't set.</param>
/// <param name="Arguments">The words after the program's name.</param>
internal sealed record Order(string Directory, IReadOnlyDictionary<string, string?> Settings, string[] Arguments)
{
    /// <summary>Waits for one: the directory, <c>NAME</c> or <c>NAME=value</c> for each setting, an empty word, the arguments; a NUL after each.</summary>
    public static Order Read(string pipe)
    {
        var words = Encoding.UTF8.GetString(File.ReadAllBytes(pipe)).Split('\0')[..^1];
        var end = Array.IndexOf(words, "", 1);
        var settings = words[1..end].Select(setting => setting.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts.Length == 2 ? parts[1] : null, StringComparer.Ordinal);
        return new Order(words[0], settings, words[(end + 1)..]);
    }
}
