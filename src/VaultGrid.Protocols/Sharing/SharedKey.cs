using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>The public side of one version of a shared key: the key, everybody's public share, and the transcript that it came from.</summary>
public sealed class SharedKey : IEquatable<SharedKey>
{
    private const byte EncodingVersion = 1;

    // Each when it is asked for first: whoever makes a key needs its own alone.
    private readonly GroupElement?[] _shares;

    internal SharedKey(ThresholdParameters parameters, uint version, FeldmanCommitment commitment, Hash256 chainCode, Hash256 transcript)
    {
        (Parameters, Version, Commitment, ChainCode, Transcript) = (parameters, version, commitment, chainCode, transcript);
        _shares = new GroupElement?[parameters.Parties];
    }

    /// <summary>The group.</summary>
    public PrimeGroup Group => Commitment.Group;

    /// <summary>n and f.</summary>
    public ThresholdParameters Parameters { get; }

    /// <summary>1 at birth; one more with every refresh and resharing. Shares of different versions don't fit together.</summary>
    public uint Version { get; }

    /// <summary>The sharing polynomial in the exponent.</summary>
    public FeldmanCommitment Commitment { get; }

    /// <summary>32 public bytes for the derivation of children: fixed at birth.</summary>
    public Hash256 ChainCode { get; }

    /// <summary>Hash of the transcript that made this version.</summary>
    public Hash256 Transcript { get; }

    /// <summary>The public key.</summary>
    public GroupElement PublicKey => Commitment.Constant;

    /// <summary>s_i·G.</summary>
    public GroupElement PublicShare(PartyIndex party) =>
        Parameters.Has(party) ? _shares[party.Value - 1] ??= Commitment.Evaluate(party) : throw new ArgumentOutOfRangeException(nameof(party), party, "Not a holder.");

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<SharedKey> Parse(PrimeGroup group, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(bytes);
        if (reader.Byte() != EncodingVersion || !PublicBytes.Equal(reader.Bytes(64), System.Text.Encoding.ASCII.GetBytes(group.Name))) reader.Fail();
        var (n, f, version) = (reader.Byte(), reader.Byte(), reader.UInt32());
        var (chainCode, transcript) = (reader.Hash(), reader.Hash());
        var elements = reader.List((ref CanonicalReader r) => r.Element(group));
        return reader.Ended && version != 0 && ThresholdParameters.Of(n, f).Is(out var parameters, out _) && elements.Count == f + 1
            ? new SharedKey(parameters, version, new FeldmanCommitment(group, elements), chainCode, transcript)
            : new Refusal(RefusalCode.InputMalformed, $"this is not the public side of a key shared in {group.Name}");
    }

    /// <summary>Encoding version, group, n, f, version, chain code, transcript, commitment.</summary>
    public byte[] ToBytes() => new CanonicalWriter()
        .Byte(EncodingVersion).Text(Group.Name).Byte(Parameters.Parties).Byte(Parameters.Faulty).UInt32(Version).Hash(ChainCode).Hash(Transcript)
        .List(Commitment.Elements, (w, element) => w.Element(element)).ToArray();

    /// <inheritdoc/>
    public bool Equals(SharedKey? other) => other is not null && Group == other.Group && PublicBytes.Equal(ToBytes(), other.ToBytes());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SharedKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Commitment.GetHashCode();
}
