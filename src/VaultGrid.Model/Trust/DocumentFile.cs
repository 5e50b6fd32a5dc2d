using System.Buffers.Text;
using System.Text;

namespace VaultGrid.Model;

/// <summary>
/// Trusts, chains, Domains and retirements as files: one line of canonical JSON, <c>{"document":"&lt;base64&gt;","kind":"domain","v":1}</c>, to be mailed
/// and stored as text. The binary document inside is what is hashed and signed.
/// </summary>
public static class DocumentFile
{
    private const int ByteLimit = 16 * 1024 * 1024;

    /// <summary>Writes a document as a file.</summary>
    /// <param name="kind"><c>trust</c>, <c>trust-body</c>, <c>domain</c> or <c>retirement</c>.</param>
    /// <param name="document">The binary document.</param>
    public static byte[] Write(string kind, ReadOnlySpan<byte> document) =>
        Encoding.ASCII.GetBytes(Head + Convert.ToBase64String(document) + Tail(kind));

    /// <summary>Reads a file of one kind: that one form alone, but for one line end behind it. <c>input.malformed</c>, <c>input.too-large</c>.</summary>
    public static Outcome<byte[]> Read(string kind, ReadOnlySpan<byte> file)
    {
        if (file.Length > ByteLimit) return new Refusal(RefusalCode.InputTooLarge, $"a document's file has at most {ByteLimit} bytes");
        if (file.EndsWith("\n"u8)) file = file[..^1];

        var (head, tail) = (Encoding.ASCII.GetBytes(Head), Encoding.ASCII.GetBytes(Tail(kind)));
        var malformed = new Refusal(RefusalCode.InputMalformed, $"this is no file of kind '{kind}': expected {Head}…{Tail(kind)}");
        if (file.Length < head.Length + tail.Length || !file.StartsWith(head) || !file.EndsWith(tail)) return malformed;

        var text = file[head.Length..^tail.Length];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done) return malformed;

        // White space and stray bits would give one document many spellings.
        var document = bytes[..written];
        return Convert.ToBase64String(document).Length == text.Length && Encoding.ASCII.GetBytes(Convert.ToBase64String(document)).AsSpan().SequenceEqual(text)
            ? document
            : malformed;
    }

    private const string Head = "{\"document\":\"";

    private static string Tail(string kind) => $"\",\"kind\":\"{kind}\",\"v\":1}}";
}
