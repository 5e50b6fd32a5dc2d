namespace VaultGrid.Crypto.Tests;

public sealed class SecretBytesTests
{
    [Fact]
    public void Take_moves_and_wipes_the_source()
    {
        byte[] source = [1, 2, 3];
        using var secret = SecretBytes.Take(source);
        var copy = new byte[3];
        secret.CopyTo(copy);
        Assert.Equal([0, 0, 0], source);
        Assert.Equal([1, 2, 3], copy);
    }

    [Theory]
    [InlineData(0), InlineData(31), InlineData(33)]
    public void Only_a_buffer_of_the_exact_length_gets_a_copy(int length)
    {
        using var secret = SecretBytes.Random(32);
        var buffer = new byte[length];
        Assert.Throws<ArgumentException>(() => secret.CopyTo(buffer));
        Assert.All(buffer, b => Assert.Equal(0, b));
    }

    [Fact]
    public void Equal_bytes_do_not_make_equal_secrets()
    {
        using var one = SecretBytes.Take([7, 7]);
        using var other = SecretBytes.Take([7, 7]);
        Assert.False(one.Equals(other));
        Assert.Equal(typeof(object), typeof(SecretBytes).GetMethod(nameof(GetHashCode))!.DeclaringType);
        Assert.DoesNotContain(typeof(SecretBytes).GetInterfaces(), i => i.Name.StartsWith("IEquatable", StringComparison.Ordinal));
    }

    [Fact]
    public void Copies_live_on_their_own()
    {
        var secret = SecretBytes.Take([1, 2, 3, 4]);
        using var clone = secret.Clone();
        using var slice = secret.Slice(1, 2);
        secret.Dispose();
        Assert.Equal([1, 2, 3, 4], clone.Span.ToArray());
        Assert.Equal([2, 3], slice.Span.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => clone.Slice(3, 2));
    }

    [Fact]
    public void A_secret_may_be_empty_but_not_drawn_empty()
    {
        using var empty = SecretBytes.Take([]);
        Assert.Equal(0, empty.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => SecretBytes.Random(0));
    }

    [Fact]
    public void A_buffer_grows_and_keeps_what_was_written()
    {
        var expected = new List<byte>();
        using var buffer = new SecretBuffer(1);
        for (var i = 0; i < 500; i++)
        {
            buffer.WriteByte((byte)i);
            buffer.WriteUInt16((ushort)(i * 7));
            buffer.WriteUInt32((uint)i);
            buffer.WriteUInt64((ulong)i << 33);
            expected.AddRange([(byte)i, (byte)((i * 7) >> 8), (byte)(i * 7), 0, 0, (byte)(i >> 8), (byte)i]);
            expected.AddRange(BitConverter.GetBytes((ulong)i << 33).Reverse());
        }
        using var part = SecretBytes.Random(40_000);
        buffer.Write(part);
        expected.AddRange(part.Span.ToArray());

        using var secret = buffer.ToSecret();
        Assert.Equal(expected.Count, buffer.Length);
        Assert.Equal(expected, secret.Span.ToArray());
    }

    [Fact]
    public void Once_means_once_for_any_number_of_threads()
    {
        var once = new Once<SecretBytes>(SecretBytes.Random(32));
        var taken = 0;
        Parallel.For(0, 100, _ =>
        {
            if (!once.TryTake(out var secret)) return;
            Interlocked.Increment(ref taken);
            secret.Dispose();
        });
        Assert.Equal(1, taken);
        Assert.Throws<InvalidOperationException>(once.Take);
        once.Dispose();
    }

    [Fact]
    public void What_nobody_took_is_wiped_with_its_holder()
    {
        var secret = SecretBytes.Random(32);
        new Once<SecretBytes>(secret).Dispose();
        Assert.Throws<ObjectDisposedException>(() => secret.Clone());
    }
}
