using System.Net.Sockets;

namespace VaultGrid.Enclave.Tests;

/// <summary>The socket client and the server at both ends of one connection.</summary>
public sealed class ConnectionTests : IAsyncDisposable
{
    private readonly EnclaveProcess _enclave = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _enclave.DisposeAsync();

    [Fact]
    public async Task An_enclave_that_is_not_there_is_detached_until_it_is()
    {
        Assert.Equal(RefusalCode.EnclaveDetached, (await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal?.Code);
        await _enclave.StartAsync();
        Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
        await _enclave.KillAsync();
        Assert.Equal(RefusalCode.EnclaveDetached, (await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal?.Code);

        // A killed enclave leaves its socket behind; the next one takes its place.
        await _enclave.StartAsync();
        Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
        await _enclave.Connection.DisposeAsync();
        Assert.Equal(RefusalCode.EnclaveDetached, (await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal?.Code);
    }

    [Fact]
    public async Task Many_calls_in_flight_get_each_its_own_answer()
    {
        await _enclave.StartAsync();
        var calls = Enumerable.Range(0, 400).Select(async i => i % 3 == 0
            ? (await _enclave.Connection.CallAsync((EnclaveCallKind)(100 + (i % 100)), default, Token)).Refusal!.Detail.EndsWith($" {100 + (i % 100)}", StringComparison.Ordinal)
            : (await _enclave.Connection.AskAsync(new StatusCall(), Token)).Value.Phase == EnclavePhase.Unprovisioned);
        Assert.All(await Task.WhenAll(calls), Assert.True);
    }

    [Fact]
    public async Task Too_many_calls_in_flight_are_refused_at_once()
    {
        // A listener that never answers.
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(_enclave.Socket));
        silent.Listen();
        await using var connection = new EnclaveConnection(new EnclaveConnectionOptions { SocketPath = _enclave.Socket, CallsInFlight = 3 });
        using var giveUp = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 3).Select(_ => connection.AskAsync(new PingCall(), giveUp.Token)).ToArray();
        Assert.Equal(RefusalCode.EnclaveBusy, (await connection.AskAsync(new PingCall(), Token)).Refusal?.Code);

        await giveUp.CancelAsync();
        foreach (var call in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var again = connection.AskAsync(new PingCall(), Token);
        Assert.False(again.IsCompleted);
        await connection.DisposeAsync();
        Assert.Equal(RefusalCode.EnclaveDetached, (await again).Refusal?.Code);
    }

    [Fact]
    public async Task A_call_that_fits_no_frame_does_not_leave() => Assert.Equal(
        RefusalCode.InputTooLarge, (await _enclave.Connection.CallAsync(EnclaveCallKind.Learn, new byte[EnclaveLimits.Frame], Token)).Refusal?.Code);

    [Fact]
    public async Task Asked_to_stop_it_stops_and_leaves_no_socket()
    {
        await _enclave.StartAsync();
        await _enclave.Connection.AskAsync(new PingCall(), Token);
        Assert.Equal(ExitCodes.Done, await _enclave.StopAsync());
        Assert.False(File.Exists(_enclave.Socket));
    }

    [Fact]
    public async Task A_second_enclave_gets_neither_the_store_nor_the_socket()
    {
        await _enclave.StartAsync();
        await using var second = new EnclaveProcess();
        second.Arguments = ["--store", _enclave.Store];
        Assert.Equal(ExitCodes.Refused, await second.TryStartAsync());
        await second.SaidAsync("enclave.busy");
        second.Arguments = ["--socket", _enclave.Socket];
        Assert.Equal(ExitCodes.Refused, await second.TryStartAsync());
        Assert.Null((await _enclave.Connection.AskAsync(new PingCall(), Token)).Refusal);
    }

    [Fact]
    public async Task A_store_that_is_not_ours_ends_the_program_with_its_code()
    {
        Directory.CreateDirectory(_enclave.Store);
        File.WriteAllBytes(_enclave.StoreFile, new byte[500]);
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
        await _enclave.SaidAsync("store.tampered");
    }

    [Fact]
    public async Task A_command_line_that_makes_no_sense_is_told_so()
    {
        _enclave.Arguments = ["--passphrase-file", "x"];
        Assert.Equal(ExitCodes.Usage, await _enclave.TryStartAsync());
        _enclave.Arguments = ["--nonsense", "x"];
        Assert.Equal(ExitCodes.Usage, await _enclave.TryStartAsync());
        _enclave.Arguments = ["--socket", "/tmp/" + new string('x', 110)];
        Assert.Equal(ExitCodes.Refused, await _enclave.TryStartAsync());
    }
}
