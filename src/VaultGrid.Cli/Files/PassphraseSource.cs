using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Cli.Files;

/// <summary>Where passphrases come from: a file or the terminal; never an argument or the environment, which others can read.</summary>
internal static class PassphraseSource
{
    private const int Longest = 1024;

    /// <summary>Reads a file's passphrase (one newline at its end is not part of it), or asks on a terminal.</summary>
    public static SecretBytes Read(string? file, string of) => file is not null ? FromFile(file) : Ask($"passphrase of {of}: ");

    /// <summary>Reads a passphrase for a new key; on a terminal it is asked for twice.</summary>
    public static SecretBytes ReadNew(string? file, string of)
    {
        if (file is not null) return FromFile(file);
        using var first = Ask($"new passphrase of {of}: ");
        var second = Ask("the same again: ");
        if (Same(first, second)) return second;
        second.Dispose();
        throw CommandEndedException.Usage("the two passphrases differ");
    }

    private static SecretBytes FromFile(string path)
    {
        var bytes = InputFile.Bytes(path, Longest + 2);
        try
        {
            var length = bytes.Length;
            if (length > 0 && bytes[length - 1] == '\n') length--;
            if (length > 0 && bytes[length - 1] == '\r') length--;
            return length > 0 ? SecretBytes.Take(bytes.AsSpan(0, length)) : throw CommandEndedException.Usage($"{path} holds no passphrase");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static SecretBytes Ask(string prompt)
    {
        if (Console.IsInputRedirected) throw CommandEndedException.Usage("a passphrase is needed", "give --passphrase-file; there is no terminal to ask on");

        Console.Error.Write(prompt);
        Span<char> typed = stackalloc char[Longest];
        Span<byte> utf8 = stackalloc byte[Longest * 3];
        var count = 0;
        try
        {
            while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
            {
                if (key.Key == ConsoleKey.Backspace) count = Math.Max(0, count - 1);
                else if (key.KeyChar != '\0' && count < Longest) typed[count++] = key.KeyChar;
            }

            Console.Error.WriteLine();
            var length = Encoding.UTF8.GetBytes(typed[..count], utf8);
            return length > 0 ? SecretBytes.Take(utf8[..length]) : throw CommandEndedException.Usage("the passphrase is empty");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(typed));
            CryptographicOperations.ZeroMemory(utf8);
        }
    }

    private static bool Same(SecretBytes one, SecretBytes other)
    {
        if (one.Length != other.Length) return false;
        var (left, right) = (new byte[one.Length], new byte[other.Length]);
        try
        {
            one.CopyTo(left);
            other.CopyTo(right);
            return CryptographicOperations.FixedTimeEquals(left, right);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(left);
            CryptographicOperations.ZeroMemory(right);
        }
    }
}
