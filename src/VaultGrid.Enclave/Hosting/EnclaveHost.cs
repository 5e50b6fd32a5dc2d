using System.Runtime.InteropServices;
using VaultGrid.Enclave.Native;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Puts an enclave together and runs it until it is told to stop.</summary>
internal static class EnclaveHost
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    /// <summary>Runs; the exit code.</summary>
    /// <param name="options">What it was told.</param>
    /// <param name="witness">Told of every nonce that is spent; null in service.</param>
    public static async Task<int> RunAsync(EnclaveOptions options, INonceWitness? witness = null)
    {
        if (!Compose(options, witness).Is(out var core, out var refusal)) return Refuse(refusal);
        using (core)
        {
            var limits = new ServerLimits { Connections = options.Connections };
            var users = options.Users.Add(Posix.EffectiveUser());
            if (!EnclaveServer.Start(options.Socket, core, users, limits).Is(out var server, out refusal)) return Refuse(refusal);
            await using (server)
            {
                core.UseIdleTime();
                if (options.UnsafeClockOffset != TimeSpan.Zero) Notices.Say($"warning: the clock is moved by {options.UnsafeClockOffset}: never with real keys");
                Console.Out.WriteLine("ready");
                return await StoppedAsync(core, server);
            }
        }
    }

    /// <summary>Opens the store and builds the enclave over it.</summary>
    public static Outcome<EnclaveCore> Compose(EnclaveOptions options, INonceWitness? witness = null)
    {
        TimeProvider time = options.UnsafeClockOffset == TimeSpan.Zero ? TimeProvider.System : new OffsetTime(options.UnsafeClockOffset);
        if (!AdapterComposition.Open(options).Is(out var adapter, out var refusal)) return refusal;
        if (!StoreDirectory.Take(options.Store).Is(out var directory, out refusal)) return Closed(refusal, adapter);

        var guard = AdapterComposition.Guard(adapter, directory, options);
        try
        {
            if (!SealedVault.Open(directory, adapter, guard, time, witnesses: options.Witnesses).Is(out var vault, out refusal)) return Closed(refusal, adapter, directory);
            return new EnclaveCore(vault, adapter, time, witness);
        }
        catch (Exception failed) when (failed is AdapterException or CryptokiException or TssException)
        {
            return Closed(new Refusal(RefusalCode.StoreSealed, failed.Message), adapter, directory);
        }
    }

    private static async Task<int> StoppedAsync(EnclaveCore core, EnclaveServer server)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var watch = new PeriodicTimer(Watch);
        while (!stop.Task.IsCompleted && !core.IsBroken)
        {
            await Task.WhenAny(stop.Task, watch.WaitForNextTickAsync().AsTask());
            await server.KeepSocketAsync();
        }

        return core.IsBroken ? ExitCodes.Fault : ExitCodes.Done;
    }

    private static Refusal Closed(Refusal refusal, params ReadOnlySpan<IDisposable> opened)
    {
        foreach (var each in opened) each.Dispose();
        return refusal;
    }

    private static int Refuse(Refusal refusal)
    {
        Notices.Say($"error: {refusal}");
        return ExitCodes.Refused;
    }
}
