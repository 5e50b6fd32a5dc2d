using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An enclave's session key as a client takes it, to seal a secret of a call to it: signed by the D key of an HSM that the Domain's Trust names.</summary>
/// <param name="Node">Whose it is; the call must reach this enclave.</param>
/// <param name="Key">The key; belongs to whoever asked for it.</param>
/// <param name="Name">SHA-256 of its point, as calls name it.</param>
public sealed record SessionKeyOffer(NodeId Node, P256PublicKey Key, Hash256 Name)
{
    /// <summary>By how much the clocks of client and enclave may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Checks an enclave's statement of its session key (its answer to a session-key call).</summary>
    /// <param name="statement">What the D key signed: tag ‖ node (8) ‖ point (65) ‖ from (8) ‖ to (8).</param>
    /// <param name="certificate">The device certificate, DER.</param>
    /// <param name="signature">The D key's signature.</param>
    /// <param name="trust">A Trust that counts, of the Domain's chain.</param>
    /// <param name="now">The client's time.</param>
    /// <returns>The key, or <c>input.malformed</c>, <c>certificate.*</c> (its form), <c>trust.stranger</c> (no HSM of the Trust), <c>call.invalid</c> (signature, node), <c>call.expired</c>.</returns>
    public static Outcome<SessionKeyOffer> Check(
        ReadOnlySpan<byte> statement, ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> signature, TrustBody trust, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var reader = new WireReader(statement);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("it does not start with its tag");
        var (cluster, index) = (reader.U32(), reader.U32());
        if (cluster == 0 || index == 0) reader.Fail("a node's number is 0");
        var point = reader.Fixed(P256PublicKey.Length);
        var (from, to) = (reader.Time(), reader.Time());
        if (!reader.End("the session key's statement", out var refusal)) return refusal;

        if (!RoleCertificate.Parse(certificate).Is(out var device, out refusal)) return refusal;
        if (trust.IndexOf(Signatory.Of(device)) < 0) return new Refusal(RefusalCode.TrustStranger, $"{device.Identity} is no HSM of this Trust: seal nothing to it");
        var node = new NodeId(new ClusterId(cluster), index);
        if (device.Identity.Node != node || !device.Key.VerifiesStatement(statement, signature))
            return new Refusal(RefusalCode.CallInvalid, $"the session key is not signed by {device.Identity}");
        if (now < from - Skew || now > to + Skew) return new Refusal(RefusalCode.CallExpired, $"the session key of {device.Identity} is not of this hour: ask for it again, or compare the clocks");
        return P256PublicKey.Parse(point).Is(out var key, out refusal) ? new SessionKeyOffer(node, key, Hash256.Sha256(point)) : refusal;
    }

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/session-key\0"u8;
}
