using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Dise;

/// <summary>
/// One holder's partial evaluation W_i = s_i·H₂C(x), secret, with a proof (c, z) that log_G Y_i = log_{H₂C(x)} W_i (Chaum and Pedersen). Only the
/// requester reads it: the enclave seals it to the call's answer key.
/// </summary>
public sealed class DiseEvaluation : IDisposable
{
    private const int Length = 1 + 32 + (2 * PrimeGroup.ScalarLength);

    private DiseEvaluation(PartyIndex party, SecretElement value, PublicScalar c, PublicScalar z) => (Party, Value, C, Z) = (party, value, c, z);

    /// <summary>Who evaluated.</summary>
    public PartyIndex Party { get; }

    internal SecretElement Value { get; }

    private PublicScalar C { get; }

    private PublicScalar Z { get; }

    /// <summary>The enclave's half: evaluates and proves. The caller has checked the identity, the permission and that both uses are logged.</summary>
    public static DiseEvaluation Of(KeyShare share, DiseInput input)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(input);
        PrimeGroup.Ristretto255.Require(share.Key.Group);
        var h = input.ToElement();
        var value = SecretElement.Of(h, share.Secret);

        // A_1 = k·G, A_2 = k·H; c = H(…, A_1, A_2); z = k + c·s_i
        using var k = PrimeGroup.Ristretto255.RandomSecret();
        var c = Challenge(share.Key, share.Index, input, value, k.TimesGenerator(), h.Multiply(k));
        using var scaled = share.Secret.Multiply(c);
        using var z = k.Add(scaled);
        return new(share.Index, value, c, z.Reveal());
    }

    /// <summary>Reads what <see cref="ToSecret"/> wrote, after it was opened; disposes of it.</summary>
    public static Outcome<DiseEvaluation> From(SecretBytes bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using (bytes)
        {
            var malformed = new Refusal(RefusalCode.InputMalformed, "this is not a partial evaluation of DiSE");
            if (bytes.Length != Length || bytes.Span[0] == 0) return malformed;
            var group = PrimeGroup.Ristretto255;
            return group.DecodeScalar(bytes.Span[33..65]).Is(out var c, out _) && group.DecodeScalar(bytes.Span[65..]).Is(out var z, out _)
                && SecretElement.From(bytes.Slice(1, 32)).Is(out var value, out _)
                ? new DiseEvaluation(new PartyIndex(bytes.Span[0]), value, c, z)
                : malformed;
        }
    }

    /// <summary>Party, W_i, c, z: 97 bytes, to be sealed; the caller disposes of them.</summary>
    public SecretBytes ToSecret()
    {
        using var buffer = new SecretBuffer(Length);
        buffer.WriteByte(Party.Value);
        Value.WriteTo(buffer);
        buffer.Write(C.Bytes);
        buffer.Write(Z.Bytes);
        return buffer.ToSecret();
    }

    /// <summary>Wipes the value.</summary>
    public void Dispose() => Value.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "DiseEvaluation(redacted)";

    /// <summary>c = H(…, z·G − c·Y_i, z·H − c·W_i).</summary>
    internal bool Holds(SharedKey key, DiseInput input, GroupElement h)
    {
        if (!key.Parameters.Has(Party) || C.IsZero) return false;
        var a1 = h.Group.CombineVarTime(Z, key.PublicShare(Party), -C);
        using var scaled = Value.Multiply(C);
        var a2 = scaled.RevealDifference(h.MultiplyVarTime(Z));
        return !a1.IsIdentity && !a2.IsIdentity && Challenge(key, Party, input, Value, a1, a2).Equals(C);
    }

    // Version and public share are in it: the proof is about this share, not about the key in general.
    private static PublicScalar Challenge(SharedKey key, PartyIndex party, DiseInput input, SecretElement value, GroupElement a1, GroupElement a2)
    {
        using var encoded = value.ToSecret();
        using var hidden = new SecretBuffer();
        hidden.Write(new CanonicalWriter().Hash(key.Transcript).Party(party).Element(key.PublicShare(party)).Bytes(input.ToBytes()).Element(a1).Element(a2).Written);
        hidden.Write(encoded);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA512);
        hash.AppendData(Tagged.Statement("dise-equality", []));
        hash.AppendData(hidden.Span);
        Span<byte> wide = stackalloc byte[64];
        hash.GetHashAndReset(wide);
        return key.Group.Reduce(wide);
    }
}
