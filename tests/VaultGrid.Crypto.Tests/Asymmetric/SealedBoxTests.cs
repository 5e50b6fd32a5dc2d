namespace VaultGrid.Crypto.Tests;

public sealed class SealedBoxTests : IDisposable
{
    private readonly P256AgreementKey _recipient = P256AgreementKey.Generate();
    private readonly byte[] _box;

    public SealedBoxTests() => _box = SealedBox.Seal(_recipient.PublicKey, "transcript"u8, "header"u8, "plaintext"u8);

    [Fact]
    public void What_was_sealed_opens_for_its_recipient()
    {
        using var opened = SealedBox.Open(_recipient, "transcript"u8, "header"u8, _box).Value;
        Assert.Equal("plaintext"u8, opened.Span);
        Assert.Equal(SealedBox.Overhead + "plaintext"u8.Length, _box.Length);
        Assert.NotEqual(_box, SealedBox.Seal(_recipient.PublicKey, "transcript"u8, "header"u8, "plaintext"u8));
    }

    [Fact]
    public void A_box_made_ahead_serves_once()
    {
        using var box = SealedBox.Prepare(_recipient.PublicKey, "transcript"u8);
        var sealedBytes = box.Seal("header"u8, "plaintext"u8);
        using var opened = SealedBox.Open(_recipient, "transcript"u8, "header"u8, sealedBytes).Value;
        Assert.Equal("plaintext"u8, opened.Span);
        Assert.Throws<InvalidOperationException>(() => box.Seal([], []));

        var unused = SealedBox.Prepare(_recipient.PublicKey, []);
        unused.Dispose();
        unused.Dispose();
        Assert.Throws<InvalidOperationException>(() => unused.Seal([], []));
    }

    [Fact]
    public void Boxes_of_a_stock_open_like_others_and_no_two_are_alike()
    {
        using var stock = new BoxStock(_recipient.PublicKey, 2);
        Assert.False(stock.FillOne());
        var boxes = new List<byte[]>();
        for (var round = 0; round < 3; round++)
        {
            using (var box = stock.Prepare("transcript"u8)) boxes.Add(box.Seal("header"u8, "plaintext"u8));
            while (stock.FillOne()) { }
            Assert.Equal(2, stock.Count);
        }

        foreach (var box in boxes)
        {
            using var opened = SealedBox.Open(_recipient, "transcript"u8, "header"u8, box).Value;
            Assert.Equal("plaintext"u8, opened.Span);
        }

        Assert.Equal(3, boxes.Select(box => Convert.ToHexString(box.AsSpan(0, P256PublicKey.Length))).Distinct().Count());
        Assert.True(SealedBox.Open(_recipient, "another"u8, "header"u8, boxes[2]).Refusal is not null);
        stock.Dispose();
        Assert.Equal((0, false), (stock.Count, stock.FillOne()));
    }

    [Fact]
    public void A_secret_and_nothing_at_all_can_be_sealed()
    {
        using var secret = SecretBytes.Random(5000);
        using var opened = SealedBox.Open(_recipient, [], [], SealedBox.Seal(_recipient.PublicKey, [], [], secret)).Value;
        using var empty = SealedBox.Open(_recipient, [], [], SealedBox.Seal(_recipient.PublicKey, [], [], ReadOnlySpan<byte>.Empty)).Value;
        Assert.Equal(secret.Span, opened.Span);
        Assert.Equal(0, empty.Length);
    }

    [Fact]
    public void Another_recipient_transcript_or_header_does_not_open_it()
    {
        using var other = P256AgreementKey.Generate();
        Refused(SealedBox.Open(other, "transcript"u8, "header"u8, _box));
        Refused(SealedBox.Open(_recipient, "transcripT"u8, "header"u8, _box));
        Refused(SealedBox.Open(_recipient, "transcript"u8, "headeR"u8, _box));
        Refused(SealedBox.Open(_recipient, "transcripth"u8, "eader"u8, _box));
    }

    [Fact]
    public void Every_flipped_bit_and_every_truncation_is_refused()
    {
        for (var bit = 0; bit < _box.Length * 8; bit++)
        {
            var changed = (byte[])_box.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(SealedBox.Open(_recipient, "transcript"u8, "header"u8, changed));
        }
        for (var length = 0; length < _box.Length; length++)
            Refused(SealedBox.Open(_recipient, "transcript"u8, "header"u8, _box.AsSpan(0, length)));
        Refused(SealedBox.Open(_recipient, "transcript"u8, "header"u8, [.. _box, 0]));
    }

    [Fact]
    public void A_stored_recipient_still_opens()
    {
        using var scalar = _recipient.Export();
        using var loaded = P256AgreementKey.Import(scalar).Value;
        using var opened = SealedBox.Open(loaded, "transcript"u8, "header"u8, _box).Value;
        Assert.Equal(_recipient.PublicKey, loaded.PublicKey);
        Assert.Equal("plaintext"u8, opened.Span);
    }

    public void Dispose() => _recipient.Dispose();

    private static void Refused(Outcome<SecretBytes> outcome) => Assert.Equal(RefusalCode.InputMalformed, outcome.Refusal?.Code);
}
