using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>What a key is from its first moment on. Its hash is how requests name the key, in every cluster the same.</summary>
public sealed record BirthRecord
{
    /// <summary>The version of the record's format.</summary>
    public const uint Version = 1;

    private const string What = "the birth record";

    /// <summary>The name that people gave the key.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>What kind of key it is.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>The hash of its public part: for a BIP-32 root, the compressed public key (33 bytes) and the chain code (32 bytes).</summary>
    public required Hash256 Fingerprint { get; init; }

    /// <summary>The hash of its first policy.</summary>
    public required Hash256 Policy { get; init; }

    /// <summary>The hash of the request that it was made by.</summary>
    public required Hash256 Request { get; init; }

    /// <summary>Writes it down.</summary>
    public byte[] ToUtf8() => new CanonicalWriter(Version)
        .Add("keyId", KeyId)
        .Add("kind", Kind.Name())
        .Add("fingerprint", Fingerprint)
        .Add("policy", Policy)
        .Add("request", Request)
        .ToUtf8();

    /// <summary>The hash that names the key.</summary>
    public Hash256 Hash() => Hash256.Of("birth-record", ToUtf8());

    /// <summary>The fingerprint of a BIP-32 root.</summary>
    /// <param name="publicKey">The root's compressed public key, 33 bytes.</param>
    /// <param name="chainCode">The root's chain code, 32 bytes.</param>
    public static Hash256 FingerprintOf(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> chainCode)
    {
        if (publicKey.Length != 33) throw new ArgumentException("A compressed public key has 33 bytes.", nameof(publicKey));
        if (chainCode.Length != 32) throw new ArgumentException("A chain code has 32 bytes.", nameof(chainCode));
        Span<byte> both = stackalloc byte[65];
        publicKey.CopyTo(both);
        chainCode.CopyTo(both[33..]);
        return Hash256.Of("bip32-root", both);
    }

    /// <summary>Reads a record.</summary>
    public static Outcome<BirthRecord> Parse(ReadOnlySpan<byte> utf8)
    {
        if (!CanonicalObject.Parse(utf8, RefusalCode.InputMalformed, What).Is(out var document, out var refusal)) return refusal;

        var reader = new DocumentReader(document, RefusalCode.InputMalformed, What, Version);
        var record = new BirthRecord
        {
            KeyId = reader.Parsed<KeyId>("keyId", KeyId.TryParse),
            Kind = reader.Parsed<KeyKind>("kind", KeyKinds.TryParse),
            Fingerprint = reader.Hash("fingerprint"),
            Policy = reader.Hash("policy"),
            Request = reader.Hash("request"),
        };
        return reader.End(out refusal) ? record : refusal;
    }
}
