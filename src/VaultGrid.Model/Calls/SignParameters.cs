using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>What stands beside a call that has a message signed (action <see cref="Action"/>): the same as in a request to sign.</summary>
/// <param name="Subject">The message.</param>
/// <param name="Path">The account that signs; <c>m</c> for the key itself.</param>
public sealed record SignParameters(SigningSubject.Message Subject, DerivationPath Path)
{
    /// <summary>The action of such calls.</summary>
    public const string Action = "key-sign";

    private const byte Version = 1;
    private const int NameLimit = 32, TweakLimit = 66, PathLimit = 256;

    /// <summary>The exact bytes that travel beside the call.</summary>
    public byte[] ToBytes() => new WireWriter().U8(Version).Text(Subject.Algorithm.Name()).Text(Path.ToString())
        .Text(Subject.Tweak?.ToString() ?? "").Bytes(Subject.Bytes.Span).ToArray();

    /// <summary>Reads them; <c>call.malformed</c> for anything but their one encoding. A tweak stands there for taproot, and only then.</summary>
    public static Outcome<SignParameters> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"they are not of version {Version}");
        var (name, path, tweak) = (reader.Text(NameLimit), reader.Text(PathLimit), reader.Text(TweakLimit));
        var message = reader.Bytes(SigningSubject.Message.Limit).ToArray();
        if (!SigningAlgorithms.TryParse(name, out var algorithm)
            || algorithm is not (SigningAlgorithm.Schnorr or SigningAlgorithm.Taproot or SigningAlgorithm.Ed25519 or SigningAlgorithm.Bls))
            reader.Fail("their algorithm is none that signs messages");
        TaprootTweak parsed = default;
        if (algorithm == SigningAlgorithm.Taproot ? !TaprootTweak.TryParse(tweak, out parsed) : tweak.Length > 0) reader.Fail("their tweak does not fit the algorithm");
        if (!DerivationPath.Parse(path).Is(out var account, out _)) reader.Fail("their path is none");
        if (!reader.End("the call's parameters", out var refusal, RefusalCode.CallMalformed)) return refusal;
        return new SignParameters(new SigningSubject.Message(algorithm, message, algorithm == SigningAlgorithm.Taproot ? parsed : null), account!);
    }
}
