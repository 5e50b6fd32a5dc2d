using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Channels;

namespace VaultGrid.Relay.Tests;

/// <summary>Messages as lines and pictures: any order, any repetition, any damage.</summary>
public sealed class ChunkTests
{
    private readonly ChannelMessage _message = new(RandomNumberGenerator.GetBytes(3000), RandomNumberGenerator.GetBytes(700), RandomNumberGenerator.GetBytes(72));

    [Theory, InlineData(1), InlineData(599), InlineData(600), InlineData(601), InlineData(40_000)]
    public void Lines_in_any_order_make_the_message_again(int length)
    {
        var message = _message with { Content = RandomNumberGenerator.GetBytes(length) };
        var lines = ChunkText.Split(message.ToBytes()).ToArray();
        RandomNumberGenerator.Shuffle<string>(lines);
        var assembler = new ChunkAssembler();
        ChannelMessage? whole = null;
        foreach (var line in lines.Concat(lines[..^1]))
        {
            Assert.Null(assembler.Take($" QR-Code:{line}\r", out var taken).Refusal);
            whole ??= taken;
        }

        Assert.Equal(message.ToBytes(), whole?.ToBytes());
        Assert.All(lines, line => Assert.Matches("^[0-9A-Z$%*+./: -]+$", line));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var lines = ChunkText.Split(_message.ToBytes());
        var assembler = new ChunkAssembler();
        foreach (var line in lines.Skip(1).Take(lines.Count - 3)) assembler.Take(line, out _);
        var (_, missing) = Assert.Single(assembler.Missing);
        Assert.Equal([1, lines.Count - 1, lines.Count], missing);
    }

    [Fact]
    public void Any_changed_letter_is_noticed()
    {
        var line = ChunkText.Split(_message.ToBytes())[0];
        for (var at = 0; at < line.Length; at += 7)
        {
            var letters = line.ToCharArray();
            letters[at] = letters[at] == 'A' ? 'B' : 'A';
            Assert.Equal(RefusalCode.InputMalformed, new ChunkAssembler().Take(new string(letters), out _).Refusal?.Code);
        }
    }

    [Theory, InlineData(""), InlineData("VGC1"), InlineData("VGC1:A:1/1:A:A"), InlineData("VGC2:AAAAAAAAAAAAAAAAAAAAAAAAAA:1/1:AAAAAAAA:AAAA"), InlineData("https://example.org/")]
    public void What_is_no_line_is_refused(string line) =>
        Assert.Equal(RefusalCode.InputMalformed, new ChunkAssembler().Take(line, out _).Refusal?.Code);

    [Fact]
    public void Parts_that_contradict_each_other_are_refused()
    {
        var one = ChunkText.Split(_message.ToBytes());
        var assembler = new ChunkAssembler();
        assembler.Take(one[0], out _);
        Assert.Equal(RefusalCode.InputMalformed, assembler.Take(Forged(one[0], place: $"2/{one.Count + 1}"), out _).Refusal?.Code);
        Assert.Equal(RefusalCode.InputMalformed, assembler.Take(Forged(one[0], body: one[1].Split(':')[4]), out _).Refusal?.Code);

        // All parts there, each with a good checksum, but not the message that they name.
        Assert.Null(assembler.Take(Forged(one[1], body: one[0].Split(':')[4]), out _).Refusal);
        foreach (var line in one.Skip(2).SkipLast(1)) Assert.Null(assembler.Take(line, out _).Refusal);
        Assert.Equal(RefusalCode.InputMalformed, assembler.Take(one[^1], out var whole).Refusal?.Code);
        Assert.Null(whole);
    }

    [Fact]
    public void A_stranger_can_not_fill_the_memory()
    {
        var assembler = new ChunkAssembler();
        for (var i = 0; i < ChunkAssembler.MostMessages; i++)
            Assert.Null(assembler.Take(ChunkText.Split(RandomNumberGenerator.GetBytes(1000))[0], out _).Refusal);
        Assert.Equal(RefusalCode.InputTooLarge, assembler.Take(ChunkText.Split(RandomNumberGenerator.GetBytes(1000))[0], out _).Refusal?.Code);
    }

    [Fact]
    public async Task An_ordinary_reader_reads_the_pictures()
    {
        if (!File.Exists("/usr/bin/zbarimg")) Assert.Skip("zbarimg (zbar-tools) is not installed");
        var folder = Directory.CreateTempSubdirectory("vg-qr-");
        try
        {
            var lines = ChunkText.Split(_message.ToBytes());
            for (var i = 0; i < lines.Count; i++) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{lines.Count - i:000}.png"), QrPicture.Png(lines[i]));
            var start = new ProcessStartInfo("/usr/bin/zbarimg") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { "-q" }.Concat(Directory.GetFiles(folder.FullName).Order())) start.ArgumentList.Add(argument);
            using var reader = Process.Start(start)!;
            var read = (await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            var assembler = new ChunkAssembler();
            ChannelMessage? whole = null;
            foreach (var line in read) Assert.Null(assembler.Take(line, out whole).Refusal);
            Assert.Equal(_message.ToBytes(), whole?.ToBytes());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Forged(string line, string? place = null, string? body = null)
    {
        var parts = line.Split(':');
        (parts[2], parts[4]) = (place ?? parts[2], body ?? parts[4]);
        Assert.True(Base32.TryDecode(parts[4], out var payload));
        parts[3] = Base32.Encode(ChunkText.Checksum(string.Join(':', parts[..3]), payload));
        return string.Join(':', parts);
    }
}
