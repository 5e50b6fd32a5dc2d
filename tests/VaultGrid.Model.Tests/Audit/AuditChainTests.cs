using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Model.Tests.Audit;

/// <summary>One enclave's chain, entry by entry, and the end that it signs for a verifier's nonce.</summary>
public sealed class AuditChainTests
{
    private static readonly NodeId Node = NodeId.Parse("1/2");
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Nonce = new byte[AuditHead.ShortestNonce];

    private readonly ForgedCertificate _device = ForgedGrid.Under(ForgedGrid.Shared.ClusterOne, CertificateIdentity.Device(Node));
    private readonly AuditEntry[] _entries;

    public AuditChainTests()
    {
        _entries = new AuditEntry[4];
        var before = AuditChain.Genesis(_device.Parsed.Key);
        for (var i = 0; i < _entries.Length; i++)
        {
            _entries[i] = new AuditEntry { Node = Node, Number = (ulong)i + 1, Previous = before, Time = Start.AddSeconds(i / 2), Action = "sign" };
            before = AuditEntry.HashOf(_entries[i].ToBytes());
        }
    }

    [Fact]
    public void Entries_follow_each_other_from_the_first()
    {
        var chain = Chain();
        foreach (var entry in _entries) Assert.Equal(entry, chain.Follow(entry.ToBytes()).Value);
        Assert.Equal((4ul, AuditEntry.HashOf(_entries[3].ToBytes()), 0ul), (chain.Number, chain.Hash, chain.Signed));
        Assert.Null(chain.Cover(Signed(new AuditHead(Node, 4, chain.Hash, _entries[3].Time, default).ToBytes())).Refusal);
        Assert.Equal(4ul, chain.Signed);
    }

    [Fact]
    public void What_does_not_follow_is_named_and_changes_nothing()
    {
        var chain = Chain(2);
        var next = _entries[2];
        Refused("entry 3: it is of node 1/3", next with { Node = NodeId.Parse("1/3") });
        Refused("entry 2: it stands behind entry 2: twice, or out of order", _entries[1]);
        Refused("entry 1: it stands behind entry 2: twice, or out of order", _entries[0]);
        Refused("entry 4: entries 3 to 3 are missing before it", _entries[3]);
        Refused("entry 9: entries 3 to 8 are missing before it", next with { Number = 9 });
        Refused("entry 3: it does not follow entry 2", next with { Previous = Hash256.Sha256([1]) });
        Refused("entry 3: it is older than the entry before it", next with { Time = Start.AddSeconds(-1) });
        Assert.Equal(RefusalCode.AuditTampered, chain.Follow([1, 2, 3]).Refusal?.Code);
        Assert.Null(chain.Follow(next.ToBytes()).Refusal);

        void Refused(string why, AuditEntry entry)
        {
            var refusal = chain.Follow(entry.ToBytes()).Refusal;
            Assert.Equal((RefusalCode.AuditTampered, 2ul), (refusal?.Code, chain.Number));
            Assert.StartsWith($"node {Node}, {why}", refusal!.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_signature_covers_exactly_what_came_before_it()
    {
        var chain = Chain(2);
        var good = new AuditHead(Node, 2, chain.Hash, _entries[1].Time, default);
        foreach (var head in new[] { good with { Number = 1 }, good with { Hash = Hash256.Sha256([1]) }, good with { Time = Start.AddSeconds(1) }, good with { Nonce = Nonce }, good with { Node = NodeId.Parse("1/3") } })
        {
            var refusal = chain.Cover(Signed(head.ToBytes())).Refusal;
            Assert.Equal((RefusalCode.AuditTampered, 0ul), (refusal?.Code, chain.Signed));
            Assert.Contains("entries 1 to 2", refusal!.Detail, StringComparison.Ordinal);
        }

        Assert.Null(chain.Cover(Signed(good.ToBytes())).Refusal);
    }

    [Fact]
    public void The_end_is_the_enclave_s_own_and_for_this_question()
    {
        var chain = Chain(2);
        var head = new AuditHead(Node, 2, chain.Hash, Start.AddDays(1), Nonce);
        Assert.Null(End(head).Refusal);
        Assert.Equal(RefusalCode.AuditTampered, End(head with { Nonce = new byte[AuditHead.ShortestNonce + 1] }).Refusal?.Code);
        Assert.Equal(RefusalCode.AuditTampered, End(head with { Node = NodeId.Parse("1/3") }).Refusal?.Code);
        Assert.Equal(RefusalCode.AuditTampered, End(head with { Hash = Hash256.Sha256([1]) }).Refusal?.Code);
        Assert.Equal(RefusalCode.AuditTampered, chain.End(head.ToBytes(), Signed((head with { Number = 3 }).ToBytes()), Nonce).Refusal?.Code);
        Assert.Equal(RefusalCode.AuditTampered, chain.End([1], Signed([1]), Nonce).Refusal?.Code);

        Assert.Equal((RefusalCode.AuditTruncated, true), (End(head with { Number = 1 }).Refusal?.Code, End(head with { Number = 1 }).Refusal!.Detail.Contains("put back", StringComparison.Ordinal)));
        Assert.Equal((RefusalCode.AuditTruncated, true), (End(head with { Number = 5 }).Refusal?.Code, End(head with { Number = 5 }).Refusal!.Detail.Contains("entries 3 to 5", StringComparison.Ordinal)));

        Outcome<Done> End(AuditHead said) => chain.End(said.ToBytes(), Signed(said.ToBytes()), Nonce);
    }

    [Fact]
    public void A_chain_is_taken_up_behind_an_entry_that_is_known()
    {
        var chain = AuditChain.After(Node, _device.Parsed.Key, 2, AuditEntry.HashOf(_entries[1].ToBytes()));
        Assert.Equal((2ul, 2ul), (chain.Number, chain.Signed));
        Assert.Null(chain.Follow(_entries[2].ToBytes()).Refusal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_node_has_no_number_of_zero(uint cluster, uint index)
    {
        // Behind the tag.
        var entry = _entries[0].ToBytes();
        var head = new AuditHead(Node, 2, Hash256.Sha256([1]), Start, Nonce).ToBytes();
        foreach (var (bytes, at) in new[] { (entry, "VaultGrid/v1/audit-entry\0".Length), (head, "VaultGrid/v1/audit-head\0".Length) })
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), cluster);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 4), index);
        }

        Assert.Equal(RefusalCode.AuditTampered, AuditEntry.Parse(entry).Refusal?.Code);
        Assert.Equal(RefusalCode.AuditTampered, AuditHead.Parse(head).Refusal?.Code);
    }

    private AuditChain Chain(int entries = 0)
    {
        var chain = AuditChain.After(Node, _device.Parsed.Key, 0, AuditChain.Genesis(_device.Parsed.Key));
        foreach (var entry in _entries.Take(entries)) Assert.Null(chain.Follow(entry.ToBytes()).Refusal);
        return chain;
    }

    private byte[] Signed(byte[] statement) => ((ECDsa)_device.Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
