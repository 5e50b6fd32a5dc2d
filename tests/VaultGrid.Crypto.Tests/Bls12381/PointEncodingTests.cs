using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class PointEncodingTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void Encodings_are_accepted_and_refused_as_by_another_library()
    {
        foreach (var vector in GeneratedVectors.Read("bls-encodings"))
        {
            var accepted = vector.Text("group") == "G1"
                ? G1Point.Parse(vector.Bytes("encoding")).Is(out _, out _)
                : G2Point.Parse(vector.Bytes("encoding")).Is(out _, out _);
            Assert.True(vector.GetProperty("accepted").GetBoolean() == accepted, vector.ToString());
        }
    }

    [Fact]
    public void A_point_is_read_as_it_was_written()
    {
        for (var i = 0; i < 100; i++)
        {
            var (p, q) = (_random.NextG1(), _random.NextG2());
            Assert.Equal(p, G1Point.Parse(p.Compressed).Value);
            Assert.Equal(q, G2Point.Parse(q.Compressed).Value);
            Assert.Equal(p, G1Point.ParseUncompressed(p.ToUncompressed()).Value);
            Assert.Equal(q, G2Point.ParseUncompressed(q.ToUncompressed()).Value);
            Assert.Equal(p.Negate(), G1Point.Parse(Flipped(p.Compressed, 0x20)).Value);
            Assert.Equal(q.Negate(), G2Point.Parse(Flipped(q.Compressed, 0x20)).Value);
        }
    }

    [Fact]
    public void The_generators_and_infinity_have_their_known_encodings()
    {
        Assert.Equal("0x97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb", G1Point.Generator.ToString());
        Assert.StartsWith("0x93e02b6052719f607dacd3a088274f65", G2Point.Generator.ToString(), StringComparison.Ordinal);
        Assert.Equal(Infinity(48, 0xc0), G1Point.Identity.Compressed);
        Assert.Equal(Infinity(96, 0xc0), G2Point.Identity.Compressed);
        Assert.Equal(Infinity(96, 0x40), G1Point.Identity.ToUncompressed());
        Assert.Equal(Infinity(192, 0x40), G2Point.Identity.ToUncompressed());
        Assert.True(G1Point.Parse(Infinity(48, 0xc0)).Value.IsIdentity);
        Assert.True(G2Point.ParseUncompressed(Infinity(192, 0x40)).Value.IsIdentity);
    }

    [Fact]
    public void Every_combination_of_flags_but_the_right_ones_is_refused()
    {
        var (p, q) = (_random.NextG1(), _random.NextG2());
        for (var flags = 0; flags < 8; flags++)
        {
            var compressed = (flags & 4) != 0 && (flags & 2) == 0;
            Assert.Equal(compressed, G1Point.Parse(WithFlags(p.Compressed, flags)).Refusal is null);
            Assert.Equal(compressed, G2Point.Parse(WithFlags(q.Compressed, flags)).Refusal is null);
            Assert.Equal(flags == 0, G1Point.ParseUncompressed(WithFlags(p.ToUncompressed(), flags)).Refusal is null);
            Assert.Equal(flags == 0, G2Point.ParseUncompressed(WithFlags(q.ToUncompressed(), flags)).Refusal is null);
            Assert.Equal(flags == 6, G1Point.Parse(WithFlags(new byte[48], flags)).Refusal is null);
            Assert.Equal(flags == 6, G2Point.Parse(WithFlags(new byte[96], flags)).Refusal is null);
            Assert.Equal(flags == 2, G1Point.ParseUncompressed(WithFlags(new byte[96], flags)).Refusal is null);
            Assert.Equal(flags == 2, G2Point.ParseUncompressed(WithFlags(new byte[192], flags)).Refusal is null);
        }
    }

    [Fact]
    public void Infinity_with_anything_else_in_it_is_refused()
    {
        for (var bit = 0; bit < 48 * 8; bit++)
        {
            var bytes = Infinity(48, 0xc0);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(bytes[0] == 0x80 || G1Point.Parse(bytes).Refusal is not null, $"bit {bit}");
        }

        for (var at = 1; at < 96; at++)
        {
            var bytes = Infinity(96, 0xc0);
            bytes[at] = 1;
            Assert.NotNull(G2Point.Parse(bytes).Refusal);
        }
    }

    [Fact]
    public void Coordinates_at_or_above_the_modulus_are_refused()
    {
        // x + p still fits for small x, and would be the same point.
        var added = 0;
        for (var i = 0; i < 4000 && added < 5; i++)
        {
            var p = G1Point.Generator.MultiplyVarTime(BlsScalar.From((ulong)i + 1));
            var x = Numbers.Read(WithFlags(p.Compressed, 0)) + Numbers.P;
            if (x.GetBitLength() > 381) continue;
            added++;
            var bytes = Numbers.Write(x, 48);
            bytes[0] |= (byte)(p.Compressed[0] & 0xe0);
            Assert.Contains("not below the modulus", G1Point.Parse(bytes).Refusal!.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(5, added);

        var q = _random.NextG2().ToUncompressed();
        for (var coordinate = 0; coordinate < 4; coordinate++)
        {
            var bytes = (byte[])q.Clone();
            Numbers.Write(Numbers.P, 48).CopyTo(bytes, 48 * coordinate);
            Assert.Contains("not below the modulus", G2Point.ParseUncompressed(bytes).Refusal!.Detail, StringComparison.Ordinal);
        }

        var y = _random.NextG1().ToUncompressed();
        Numbers.Write(Numbers.P, 48).CopyTo(y, 48);
        Assert.Contains("not below the modulus", G1Point.ParseUncompressed(y).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_refused()
    {
        var p = _random.NextG1().ToUncompressed();
        p[95] ^= 1;
        Assert.Contains("not on the curve", G1Point.ParseUncompressed(p).Refusal!.Detail, StringComparison.Ordinal);
        var q = _random.NextG2().ToUncompressed();
        q[191] ^= 1;
        Assert.Contains("not on the curve", G2Point.ParseUncompressed(q).Refusal!.Detail, StringComparison.Ordinal);

        // x = 1: 1 + 4 = 5 is no square.
        var x = new byte[48];
        (x[0], x[47]) = (0x80, 1);
        Assert.Contains("no point of the curve", G1Point.Parse(x).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_next_to_the_right_ones_are_refused()
    {
        for (var length = 0; length < 200; length++)
        {
            var bytes = Infinity(Math.Max(length, 1), 0xc0)[..length];
            Assert.Equal(length == 48, G1Point.Parse(bytes).Refusal is null);
            Assert.Equal(length == 96, G2Point.Parse(bytes).Refusal is null);
        }
    }

    [Fact]
    public void Damaged_encodings_are_refused_or_are_the_one_encoding_of_another_point()
    {
        for (var i = 0; i < 400; i++)
        {
            var bytes = _random.NextG1().Compressed.ToArray();
            for (var n = _random.NextInt(3); n >= 0; n--) bytes[_random.NextInt(48)] ^= (byte)(1 << _random.NextInt(8));
            if (G1Point.Parse(bytes).Is(out var point, out _)) Assert.True(point.Compressed.SequenceEqual(bytes), $"{_random}");
        }

        for (var i = 0; i < 400; i++)
        {
            var bytes = _random.NextG2().ToUncompressed();
            for (var n = _random.NextInt(3); n >= 0; n--) bytes[_random.NextInt(192)] ^= (byte)(1 << _random.NextInt(8));
            if (G2Point.ParseUncompressed(bytes).Is(out var point, out _)) Assert.True(point.ToUncompressed().AsSpan().SequenceEqual(bytes), $"{_random}");
        }
    }

    private static byte[] Infinity(int length, byte flags)
    {
        var bytes = new byte[length];
        bytes[0] = flags;
        return bytes;
    }

    private static byte[] Flipped(ReadOnlySpan<byte> bytes, byte mask)
    {
        var flipped = bytes.ToArray();
        flipped[0] ^= mask;
        return flipped;
    }

    private static byte[] WithFlags(ReadOnlySpan<byte> bytes, int flags)
    {
        var changed = bytes.ToArray();
        changed[0] = (byte)((changed[0] & 0x1f) | (flags << 5));
        return changed;
    }
}
