using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// What a client's certificate lets it do with which Domains: a non-critical extension under VaultGrid's arc, so that TLS stacks pass over it, signed by
/// the Relay CA like the rest. Without it a client may use no Domain; revoking the certificate takes all of it back.
/// </summary>
/// <remarks><c>SEQUENCE OF SEQUENCE { OCTET STRING (16: Domain), BIT STRING (<see cref="DomainOperations"/>, named bits) }</c>, in order of the ids' bytes.</remarks>
public sealed class ClientClaims
{
    /// <summary>The most Domains that one certificate may name.</summary>
    public const int Limit = 128;

    private const int IdLength = 16;

    private readonly ImmutableSortedDictionary<string, DomainClaim> _byId;

    private ClientClaims(ImmutableSortedDictionary<string, DomainClaim> byId) => _byId = byId;

    /// <summary>No Domain at all.</summary>
    public static ClientClaims None { get; } = new(ImmutableSortedDictionary.Create<string, DomainClaim>(StringComparer.Ordinal));

    /// <summary>The claims, in order of the Domains' ids.</summary>
    public IEnumerable<DomainClaim> All => _byId.Values;

    /// <summary>Makes claims; <c>input.malformed</c>: a Domain twice, or one without an operation; <c>input.too-large</c>.</summary>
    public static Outcome<ClientClaims> Of(IEnumerable<DomainClaim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var byId = None._byId.ToBuilder();
        foreach (var claim in claims)
        {
            if (claim.Operations == DomainOperations.None || (claim.Operations & ~DomainOperations.All) != 0)
                return new Refusal(RefusalCode.InputMalformed, $"the claim to Domain {claim.Domain} names no operation, or an unknown one");
            if (!byId.TryAdd(claim.Domain.ToString(), claim)) return new Refusal(RefusalCode.InputMalformed, $"two claims to Domain {claim.Domain}");
        }

        return byId.Count <= Limit
            ? new ClientClaims(byId.ToImmutable())
            : new Refusal(RefusalCode.InputTooLarge, $"a certificate names at most {Limit} Domains: give the client a second one");
    }

    /// <summary>True where the certificate lets its holder do all of these with the Domain.</summary>
    public bool Permit(DomainId domain, DomainOperations operations) =>
        operations != DomainOperations.None && _byId.TryGetValue(domain.ToString(), out var claim) && (claim.Operations & operations) == operations;

    /// <summary>The extension, to be put into a certificate.</summary>
    public X509Extension ToExtension() => new(VaultGridOid.ClientClaims, ToDer(), critical: false);

    /// <summary>The extension's value.</summary>
    public byte[] ToDer()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var claim in _byId.Values)
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(claim.Domain.Value.ToByteArray(bigEndian: true));
                    writer.WriteNamedBitList(claim.Operations);
                }
            }
        }

        return writer.Encode();
    }

    /// <exception cref="AsnContentException">Not DER, or not what <see cref="ToDer"/> writes.</exception>
    internal static ClientClaims Read(ReadOnlyMemory<byte> extension)
    {
        var outer = Der.Read(extension);
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var claims = new List<DomainClaim>();
        while (list.HasData && claims.Count <= Limit)
        {
            var item = list.ReadSequence();
            var id = item.ReadOctetString();
            if (id.Length != IdLength) throw new AsnContentException("A Domain's id has 16 bytes.");
            claims.Add(new DomainClaim(new DomainId(new Guid(id, bigEndian: true)), item.ReadNamedBitListValue<DomainOperations>()));
            item.ThrowIfNotEmpty();
        }

        // Another order, a Domain twice, an operation of the future: all make other bytes than these.
        return Of(claims).Is(out var read, out _) && read.ToDer().AsSpan().SequenceEqual(extension.Span)
            ? read
            : throw new AsnContentException("The claims aren't in their one form.");
    }
}
