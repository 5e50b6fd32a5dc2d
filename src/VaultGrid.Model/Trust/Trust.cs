using System.Collections.Immutable;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>
/// A Trust with what was gathered for it so far: operators' signatures, the administrators' approval where the bootstrap needs one, and at last the
/// seal of an HSM. Immutable; proves nothing by itself (see <see cref="TrustVerifier"/>).
/// </summary>
public sealed class Trust
{
    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>The most bytes of a whole Trust.</summary>
    public const int ByteLimit = 2 * 1024 * 1024;

    /// <summary>The most signatures: this Trust's operators and its predecessor's.</summary>
    public const int SignatureLimit = 2 * TrustBody.OperatorLimit;

    private Trust(TrustBody body, ImmutableArray<OperatorSignature> signatures, BootstrapApproval? approval, HsmSeal? seal) =>
        (Body, Signatures, Approval, Seal) = (body, signatures, approval, seal);

    /// <summary>What it says.</summary>
    public TrustBody Body { get; }

    /// <summary>The body's hash: the Trust's name.</summary>
    public Hash256 Hash => Body.Hash;

    /// <summary>The operators' signatures, in order of identity, then key; each key once.</summary>
    public ImmutableArray<OperatorSignature> Signatures { get; }

    /// <summary>The administrators' approval of a Bootstrap Trust or of its successor, else null.</summary>
    public BootstrapApproval? Approval { get; }

    /// <summary>The HSM's seal, or null while the Trust is unsigned.</summary>
    public HsmSeal? Seal { get; }

    /// <summary>An unsigned Trust.</summary>
    public static Trust Of(TrustBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new Trust(body, [], null, null);
    }

    /// <summary>Adds an operator's signature, not verified here; one by the same key is replaced.</summary>
    /// <returns>The Trust with it, or <c>trust.duplicate</c>: the key signed under another identity; <c>input.too-large</c>.</returns>
    public Outcome<Trust> With(OperatorSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var signatory = signature.Signatory;
        if (Signatures.Any(other => other.Signatory.Key == signatory.Key && other.Signatory != signatory))
            return new Refusal(RefusalCode.TrustDuplicate, $"the key of {signatory} signed under another name already");

        var others = Signatures.Where(other => other.Signatory != signatory);
        ImmutableArray<OperatorSignature> signatures = [.. others.Append(signature).OrderBy(each => each.Signatory)];
        if (signatures.Length > SignatureLimit) return new Refusal(RefusalCode.InputTooLarge, $"a Trust gathers at most {SignatureLimit} signatures");
        return new Trust(Body, signatures, Approval, Seal);
    }

    /// <summary>Adds the administrators' approval.</summary>
    public Trust With(BootstrapApproval approval) => new(Body, Signatures, approval, Seal);

    /// <summary>Adds the HSM's seal.</summary>
    public Trust With(HsmSeal seal) => new(Body, Signatures, Approval, seal);

    /// <summary>Writes it down whole.</summary>
    public byte[] ToBytes()
    {
        BootstrapApproval[] approval = Approval is null ? [] : [Approval];
        HsmSeal[] seal = Seal is null ? [] : [Seal];
        return new WireWriter()
            .U8(Version)
            .Bytes(Body.Bytes.Span)
            .List(Signatures, OperatorSignature.Write)
            .List(approval, BootstrapApproval.Write)
            .List(seal, HsmSeal.Write)
            .ToArray();
    }

    /// <summary>Reads a Trust. <c>trust.malformed</c>, <c>trust.duplicate</c>, <c>trust.quorum</c>, <c>input.too-large</c>.</summary>
    public static Outcome<Trust> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        if (bytes.Length > ByteLimit) return new Refusal(RefusalCode.InputTooLarge, $"a Trust has at most {ByteLimit} bytes");

        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"it is not of version {Version}");
        var body = reader.Bytes(TrustBody.ByteLimit);
        var signatures = reader.List(SignatureLimit, (ref WireReader r) => OperatorSignature.Read(ref r, certificates));
        var approval = reader.List(1, BootstrapApproval.Read);
        var seal = reader.List(1, (ref WireReader r) => HsmSeal.Read(ref r, certificates));
        if (!reader.End("the Trust", out var refusal, RefusalCode.TrustMalformed)) return refusal;
        if (!TrustBody.Parse(body, certificates).Is(out var parsed, out refusal)) return refusal;

        var trust = new Trust(parsed, [.. signatures.OfType<OperatorSignature>()], approval is [var given] ? given : null, seal is [var put] ? put : null);
        return trust.Fault() is { } fault ? fault : trust;
    }

    private Refusal? Fault()
    {
        for (var i = 1; i < Signatures.Length; i++)
        {
            if (Signatures[i - 1].Signatory >= Signatures[i].Signatory)
                return new(RefusalCode.TrustDuplicate, "signatures stand in order of the operators, each operator's once");
        }

        return Signatures.DistinctBy(signature => signature.Signatory.Key).Count() == Signatures.Length
            ? null
            : new(RefusalCode.TrustDuplicate, "one key signed under two names");
    }
}
