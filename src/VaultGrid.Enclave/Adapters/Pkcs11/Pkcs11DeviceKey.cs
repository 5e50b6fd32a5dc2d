using System.Formats.Asn1;
using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>A D key in a PKCS#11 token: it signs there.</summary>
internal sealed class Pkcs11DeviceKey : IDeviceKey
{
    private const int PointLength = 65;

    private readonly CryptokiToken _token;
    private readonly byte[] _id;
    private readonly bool _rsa;

    // The key's handle, and the generation of sessions that it is for.
    private volatile Tuple<int, nuint>? _found;

    private Pkcs11DeviceKey(CryptokiToken token, byte[] id, bool rsa, CertificateKey publicKey) =>
        (_token, _id, _rsa, PublicKey) = (token, id, rsa, publicKey);

    /// <inheritdoc/>
    public CertificateKey PublicKey { get; }

    /// <summary>Finds a key pair in a token; <c>store.sealed</c> where it isn't there, or could be taken out.</summary>
    public static Outcome<IDeviceKey> Open(CryptokiToken token, CryptokiSession session, byte[] id, bool rsa)
    {
        if (Pkcs11Adapter.Find(session, Cryptoki.PrivateKeyClass, id) is not { } secret || Pkcs11Adapter.Find(session, Cryptoki.PublicKeyClass, id) is not { } open)
            return Pkcs11Adapter.Foreign($"the token '{token.Label}' does not hold it");

        // A template is a wish; what the token says of the key afterwards is what counts.
        if (session.Attribute(secret, Cryptoki.AlwaysSensitive) is not [1] || session.Attribute(secret, Cryptoki.NeverExtractable) is not [1])
            return Pkcs11Adapter.Foreign($"the token '{token.Label}' would give it away: it is not CKA_ALWAYS_SENSITIVE and CKA_NEVER_EXTRACTABLE");

        if ((rsa ? RsaKey(session, open) : EcKey(session, open)) is not { } spki) return Pkcs11Adapter.Foreign("it is of another algorithm");
        return CertificateKey.Parse(spki).Is(out var publicKey, out var refusal)
            ? new Pkcs11DeviceKey(token, id, rsa, publicKey)
            : Pkcs11Adapter.Foreign(refusal.Detail);
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> statement)
    {
        var hash = SHA256.HashData(statement);
        var raw = _token.Use(session => session.Sign(Handle(session), hash, _rsa));
        var signature = _rsa ? raw : DeviceKeyInfo.Signature(raw.AsSpan(0, raw.Length / 2), raw.AsSpan(raw.Length / 2));

        // What a faulty device computes could give the key away: nothing leaves unverified.
        return PublicKey.VerifiesStatement(statement, signature)
            ? signature
            : throw new AdapterException($"a signature of the token '{_token.Label}' did not verify");
    }

    /// <summary>Nothing to release: the token stays.</summary>
    public void Dispose() => _found = null;

    /// <summary>Always the same text.</summary>
    public override string ToString() => "Pkcs11DeviceKey(redacted)";

    private nuint Handle(CryptokiSession session)
    {
        var generation = _token.Generation;
        if (_found is { } found && found.Item1 == generation) return found.Item2;
        var handle = Pkcs11Adapter.Find(session, Cryptoki.PrivateKeyClass, _id) ?? throw new AdapterException($"the token '{_token.Label}' no longer holds the device key");
        _found = Tuple.Create(generation, handle);
        return handle;
    }

    // CKA_EC_POINT is an OCTET STRING around the point; some modules give the point alone.
    private static byte[]? EcKey(CryptokiSession session, nuint key)
    {
        if (session.Attribute(key, Cryptoki.EcPoint) is not { } point) return null;
        if (point.Length == PointLength) return DeviceKeyInfo.P256(point);
        return AsnDecoder.TryReadPrimitiveOctetString(point, AsnEncodingRules.DER, out var inner, out var used) && used == point.Length && inner.Length == PointLength
            ? DeviceKeyInfo.P256(inner)
            : null;
    }

    private static byte[]? RsaKey(CryptokiSession session, nuint key) =>
        session.Attribute(key, Cryptoki.Modulus) is { Length: > 0 } modulus && session.Attribute(key, Cryptoki.PublicExponent) is { Length: > 0 } exponent
            ? DeviceKeyInfo.Rsa(modulus, exponent)
            : null;
}
