using System.Buffers.Binary;
using System.Net.Sockets;
using VaultGrid.Enclave.Contracts.Framing;

namespace VaultGrid.Enclave.Tests;

/// <summary>Bytes that are no calls, at the real socket.</summary>
public sealed class HostileFrameTests(ProcessGrid grid, ITestOutputHelper output) : IClassFixture<ProcessGrid>
{
    [Theory]
    [InlineData(0u, 1, "frame.malformed")]
    [InlineData(9u, 1, "frame.malformed")]
    [InlineData(4u * 1024 * 1024 + 1, 1, "frame.too-large")]
    [InlineData(uint.MaxValue, 1, "frame.too-large")]
    [InlineData(10u, 0, "frame.version")]
    [InlineData(10u, 2, "frame.version")]
    public async Task A_frame_that_is_none_is_refused_and_ends_the_connection(uint length, byte version, string code)
    {
        var before = await grid.One.StatusAsync();
        var frame = new byte[FrameHeader.Size];
        BinaryPrimitives.WriteUInt32BigEndian(frame, length);
        frame[4] = version;
        frame[5] = (byte)EnclaveCallKind.Status;

        var answer = await ExchangeAsync(frame);

        var header = FrameHeader.Read(answer).Value;
        Assert.Equal((byte)AnswerKind.Refusal, header.Kind);
        Assert.Equal(code, RefusalCodec.Read(answer.AsSpan(FrameHeader.Size, header.BodyLength)).Code.Name());
        Assert.Equal(FrameHeader.Size + header.BodyLength, answer.Length);
        Statuses.Same(before, await grid.One.StatusAsync());
    }

    [Fact]
    public async Task An_unknown_call_and_a_call_with_too_many_or_too_few_bytes_are_refused()
    {
        foreach (var (kind, body, code) in new[]
        {
            ((EnclaveCallKind)99, Array.Empty<byte>(), RefusalCode.InputUnsupported),
            ((EnclaveCallKind)0, [], RefusalCode.InputUnsupported),
            (EnclaveCallKind.Status, [1], RefusalCode.InputMalformed),
            (EnclaveCallKind.Perform, [], RefusalCode.InputMalformed),
            (EnclaveCallKind.Release, [0, 0, 0], RefusalCode.InputMalformed),
            (EnclaveCallKind.Learn, [0xff, 0xff, 0xff, 0xff], RefusalCode.InputMalformed),
        })
        {
            var outcome = await grid.One.Port.CallAsync(kind, body, TestContext.Current.CancellationToken);
            Assert.Equal(code, outcome.Refusal?.Code);
        }
    }

    [Fact]
    public async Task Random_frames_and_bodies_change_nothing_and_stop_nothing()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
#pragma warning disable CA5394, RS0030 // a reproducible fuzzer, not a secret
        var random = new Random(seed);
        var before = await grid.One.StatusAsync();
        for (var i = 0; i < 400; i++)
        {
            var bytes = new byte[random.Next(1, 600)];
            random.NextBytes(bytes);
            if (i % 2 == 0) await ExchangeAsync(bytes);
            else
            {
                var kinds = Enum.GetValues<EnclaveCallKind>();
                var outcome = await grid.One.Port.CallAsync(kinds[random.Next(kinds.Length)], bytes, TestContext.Current.CancellationToken);
                Assert.True(outcome.Refusal?.Code is not RefusalCode.EnclaveFault and not RefusalCode.EnclaveDetached, outcome.Refusal?.ToString());
            }
        }

        // Real calls with random damage get further in than noise does.
        var call = grid.Grid.Approved(grid.Grid.Sign(grid.Key, grid.Policy));
        var writer = new WireWriter();
        call.Write(writer);
        for (var i = 0; i < 600; i++)
        {
            var body = writer.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            if (i % 5 == 0) body = body[..random.Next(body.Length)];
            var outcome = await grid.One.Port.CallAsync(EnclaveCallKind.Perform, body, TestContext.Current.CancellationToken);
            Assert.NotNull(outcome.Refusal);
            Assert.True(outcome.Refusal.Code is not RefusalCode.EnclaveFault and not RefusalCode.EnclaveDetached, outcome.Refusal.ToString());
        }
#pragma warning restore CA5394, RS0030

        Statuses.Same(before, await grid.One.StatusAsync());
        Assert.Equal("", grid.Log.Trim());
    }

    // Sends, says that nothing follows, and reads until the enclave closes.
    private async Task<byte[]> ExchangeAsync(byte[] bytes)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(grid.Processes[0].Socket), TestContext.Current.CancellationToken);
        using var received = new MemoryStream();
        try
        {
            await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken);
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, TestContext.Current.CancellationToken) is > 0 and var count) received.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // It closed while bytes were still on their way: what it said before counts.
        }

        return received.ToArray();
    }
}
