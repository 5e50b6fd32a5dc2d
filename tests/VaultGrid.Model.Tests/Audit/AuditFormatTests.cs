using VaultGrid.Crypto;

namespace VaultGrid.Model.Tests.Audit;

/// <summary>The bytes of entries, heads and leaves, against hashes that another program computed from docs/audit.md.</summary>
public sealed class AuditFormatTests
{
    private static readonly AuditEntry Entry = new()
    {
        Node = NodeId.Parse("1/2"), Number = 7, Previous = Hash256.Sha256("previous"u8), Time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), Step = 3, Action = "sign",
        Key = Hash256.Sha256("key"u8), Request = Hash256.Sha256("request"u8), Approvals = [Hash256.Sha256("a"u8), Hash256.Sha256("b"u8)], Subject = "an entry",
    };

    [Fact]
    public void Entry_leaf_and_head_have_the_bytes_that_the_document_says()
    {
        Assert.Equal("0x52026deb30c24cf9d5542c5963c297fbb647202823cedde1069c95eda74b9e88", AuditEntry.HashOf(Entry.ToBytes()).ToString());
        Assert.Equal("0x0c222fc9a17044c1447a8cce2a7bce7135e032f06bd2eda5b4a81ed20aeee0ed", AuditLog.Leaf(Hash256.Sha256("chain"u8), Entry.ToBytes()).ToString());
        var head = new AuditHead(Entry.Node, 7, AuditEntry.HashOf(Entry.ToBytes()), Entry.Time, Enumerable.Range(0, 16).Select(i => (byte)i).ToArray());
        Assert.Equal("0x687115a713605162312f7a88f5ead4b9d75626a2a99e207575eaf2c8cb984102", Hash256.Sha256(head.ToBytes()).ToString());
        Assert.Equal(head, AuditHead.Parse(head.ToBytes()).Value);
        Assert.Equal(Entry, AuditEntry.Parse(Entry.ToBytes()).Value);
    }

    [Fact]
    public void What_no_enclave_writes_is_no_entry()
    {
        var bytes = Entry.ToBytes();
        Assert.NotNull(AuditEntry.Parse(bytes.AsSpan(1)).Refusal);
        Assert.NotNull(AuditEntry.Parse([.. bytes, 0]).Refusal);
        for (var length = 0; length < bytes.Length; length++) Assert.NotNull(AuditEntry.Parse(bytes.AsSpan(0, length)).Refusal);
        foreach (var wrong in new[] { Entry with { Action = "Sign" }, Entry with { Outcome = "" }, Entry with { Number = 0 }, Entry with { Subject = "a\nb" }, Entry with { Subject = new string('x', 257) } })
            Assert.Equal(RefusalCode.AuditTampered, AuditEntry.Parse(wrong.ToBytes()).Refusal?.Code);
    }
}
