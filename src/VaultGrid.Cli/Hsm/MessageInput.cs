using System.CommandLine;
using System.Text;
using VaultGrid.Cli.Files;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Cli.Hsm;

/// <summary>A message to be signed or checked: as text, as hex, or a file.</summary>
internal sealed class MessageInput
{
    private readonly Option<string?> _text = new("--message") { Description = "The message, as text (UTF-8)", HelpName = "TEXT" };
    private readonly Option<string?> _hex = new("--message-hex") { Description = "The message, as 0x hex; for a Taproot spend the signature hash of BIP-341", HelpName = "0x…" };
    private readonly Option<string?> _file = new("--in") { Description = "The file that is the message", HelpName = "FILE" };

    public IEnumerable<Option> All => [_text, _hex, _file];

    public byte[] Read(Invocation run)
    {
        var bytes = (run.Get(_text), run.Get(_hex), run.Get(_file)) switch
        {
            ({ } text, null, null) => Encoding.UTF8.GetBytes(text),
            (null, { } hex, null) => Hex.TryDecode(hex, out var decoded) ? decoded : throw CommandEndedException.Usage("--message-hex is 0x and lower-case hex digits"),
            (null, null, { } file) => InputFile.Bytes(file),
            _ => throw CommandEndedException.Usage("give the message once: --message, --message-hex or --in"),
        };
        return bytes.Length <= SigningSubject.Message.Limit
            ? bytes
            : throw CommandEndedException.Usage($"a message has at most {SigningSubject.Message.Limit} bytes", "sign the hash of a larger one");
    }

    /// <summary>The message as a key signs it.</summary>
    public static SigningSubject.Message Subject(VerifiedKey key, byte[] message, string? tweak) => key.Birth.Kind.Algorithm() is { } algorithm
        ? new SigningSubject.Message(algorithm, message, TweakOption.Read(tweak, algorithm))
        : throw CommandEndedException.Refused(new Refusal(RefusalCode.InputUnsupported, $"'{key.Birth.KeyId}' is a symmetric key: it signs nothing"));
}
