using System.Collections.Immutable;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>What a Trust says, without its signatures: which HSMs serve, which operators decide, how many of them it takes, and what it follows.</summary>
/// <remarks>
/// Binary, self-contained, one encoding per value (docs/domains.md); its hash names the Trust. Reading it checks form, order, distinctness and the
/// bounds of the quorum; whether it counts is <see cref="TrustVerifier"/>'s to say. Without operators it is a Bootstrap Trust.
/// </remarks>
public sealed class TrustBody
{
    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>The most HSMs and operators that a Trust may name, and the most bytes of a body.</summary>
    public const int HsmLimit = 128, OperatorLimit = 64, ByteLimit = 1024 * 1024;

    private const string What = "the Trust";

    private readonly byte[] _bytes;

    private TrustBody(
        byte[] bytes, TrustId id, ulong number, Hash256? predecessor, int quorum, ImmutableArray<TrustHsm> hsms, ImmutableArray<RoleCertificate> operators)
    {
        (_bytes, Id, Number, Predecessor, Quorum, Hsms, Operators) = (bytes, id, number, predecessor, quorum, hsms, operators);
        Hash = Hash256.Of("trust", bytes);
        HsmSignatories = [.. hsms.Select(hsm => hsm.Signatory)];
        OperatorSignatories = [.. operators.Select(Signatory.Of)];
    }

    /// <summary>The chain.</summary>
    public TrustId Id { get; }

    /// <summary>Its place in the chain, from 1.</summary>
    public ulong Number { get; }

    /// <summary>The hash of the Trust before it; null for the first.</summary>
    public Hash256? Predecessor { get; }

    /// <summary>How many operators must sign: more than half of them; 0 for a Bootstrap Trust.</summary>
    public int Quorum { get; }

    /// <summary>The HSMs, in order of identity; a Domain's tokens stand in this order.</summary>
    public ImmutableArray<TrustHsm> Hsms { get; }

    /// <summary>The operators, in order of identity.</summary>
    public ImmutableArray<RoleCertificate> Operators { get; }

    /// <summary>True where it names no operators.</summary>
    public bool IsBootstrap => Operators.IsEmpty;

    /// <summary>The bytes that <see cref="Hash"/> covers.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary><c>H("trust", body)</c>: what is signed and named.</summary>
    public Hash256 Hash { get; }

    internal ImmutableArray<Signatory> HsmSignatories { get; }

    internal ImmutableArray<Signatory> OperatorSignatories { get; }

    /// <summary>Writes a Trust down; HSMs and operators are brought into their order.</summary>
    /// <param name="predecessor">The Trust that it follows, or null for the first of a chain.</param>
    /// <param name="id">The chain; a successor keeps its predecessor's.</param>
    /// <param name="hsms">At least one.</param>
    /// <param name="operators">None for a Bootstrap Trust.</param>
    /// <param name="quorum">More than half of the operators.</param>
    /// <returns>The body, or <c>trust.malformed</c>, <c>trust.duplicate</c>, <c>trust.quorum</c>.</returns>
    public static Outcome<TrustBody> Create(
        TrustBody? predecessor, TrustId id, IEnumerable<TrustHsm> hsms, IEnumerable<RoleCertificate> operators, int quorum)
    {
        ArgumentNullException.ThrowIfNull(hsms);
        ArgumentNullException.ThrowIfNull(operators);
        ArgumentOutOfRangeException.ThrowIfNegative(quorum);
        var writer = new WireWriter().U8(Version).Id(id.Value).U64((predecessor?.Number ?? 0) + 1);
        if (predecessor is not null) writer.Hash(predecessor.Hash);
        writer.U32((uint)quorum)
            .List([.. hsms.OrderBy(hsm => hsm.Signatory)], TrustHsm.Write)
            .List([.. operators.OrderBy(Signatory.Of)], (to, certificate) => to.Bytes(certificate.Der.Span));
        return Parse(writer.Written, new CertificateCache());
    }

    /// <summary>Reads a body. <c>trust.malformed</c>: not its one encoding; <c>trust.duplicate</c>: somebody twice; <c>trust.quorum</c>: out of bounds.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="certificates">Parsed certificates.</param>
    public static Outcome<TrustBody> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        if (bytes.Length > ByteLimit) return new Refusal(RefusalCode.InputTooLarge, $"a Trust has at most {ByteLimit} bytes");

        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"it is not of version {Version}");
        var id = new TrustId(reader.Id());
        var number = reader.U64();
        if (number is 0 or > long.MaxValue) reader.Fail("its number is out of range");
        Hash256? predecessor = number > 1 ? reader.Hash() : null;
        var quorum = reader.U32();
        var hsms = reader.List(HsmLimit, (ref WireReader r) => TrustHsm.Read(ref r, certificates));
        var operators = reader.List(OperatorLimit, (ref WireReader r) => TrustParts.ReadCertificate(ref r, CertificateRole.Operator, certificates));
        if (!reader.End(What, out var refusal, RefusalCode.TrustMalformed)) return refusal;

        var body = new TrustBody(
            bytes.ToArray(), id, number, predecessor, (int)Math.Min(quorum, int.MaxValue), [.. hsms.OfType<TrustHsm>()], [.. operators.OfType<RoleCertificate>()]);
        return body.Fault() is { } fault ? fault : body;
    }

    /// <summary>The place of an HSM in <see cref="Hsms"/>, by identity and D key; -1 where it isn't named.</summary>
    public int IndexOf(Signatory hsm) => HsmSignatories.IndexOf(hsm);

    private Refusal? Fault()
    {
        if (Hsms.IsEmpty) return new(RefusalCode.TrustMalformed, "a Trust names at least one HSM");
        if ((TrustParts.Disorder(HsmSignatories, "HSMs") ?? TrustParts.Disorder(OperatorSignatories, "operators")) is { } disorder)
            return new(RefusalCode.TrustDuplicate, disorder);
        if (Hsms.DistinctBy(hsm => hsm.WrapKey.Hash).Count() != Hsms.Length) return new(RefusalCode.TrustDuplicate, "two HSMs share one wrap key");
        if (IsBootstrap && Number != 1) return new(RefusalCode.TrustBootstrap, "only the first Trust of a chain can be without operators");

        // ⌊|operators| / 2⌋ < quorum ≤ |operators|, so that two quorums always share an operator; without operators it is 0.
        var fits = IsBootstrap ? Quorum == 0 : Quorum > Operators.Length / 2 && Quorum <= Operators.Length;
        return fits
            ? null
            : new(RefusalCode.TrustQuorum, $"a quorum of {Quorum} among {Operators.Length} operators: it is more than half of them and at most all");
    }
}
