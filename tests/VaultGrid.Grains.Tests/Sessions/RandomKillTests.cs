using System.Collections.Concurrent;
using System.Globalization;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>
/// Many sessions while enclaves are killed at random: every request ends in a signature that verifies or in a typed refusal, and by the enclaves' own record no
/// nonce is spent twice. Sixty by default; VAULTGRID_SESSIONS says how many, VAULTGRID_SEED repeats a run.
/// </summary>
public sealed class RandomKillTests
{
    private const int Callers = 4;

    [Fact]
    public async Task Under_random_kills_every_request_ends_and_no_nonce_is_used_for_two_digests()
    {
        var sessions = Setting("VAULTGRID_SESSIONS", 60);
        var seed = Setting("VAULTGRID_SEED", Environment.TickCount);
        TestContext.Current.TestOutputHelper?.WriteLine($"VAULTGRID_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        await using var tripped = await TrippedSite.StartAsync(presign: 4, VaultSite.RecordsNonces);
        var chance = new SeededChance(seed);
        var killer = new SemaphoreSlim(1);
        var kills = 0;
        tripped.Gateways.Before = async (node, called, _) =>
        {
            // One at a time, and it comes back at once: the next session may find it with an empty memory.
            if (chance.Next(12) != 0 || !await killer.WaitAsync(0)) return null;
            try
            {
                kills++;
                await tripped.Site.Enclave(node.ToString()).KillAsync();
                await tripped.Site.Enclave(node.ToString()).StartAsync();
            }
            finally
            {
                killer.Release();
            }

            return null;
        };

        var ended = new ConcurrentBag<(int N, Outcome<RequestStatus> Outcome)>();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n <= sessions; n = Interlocked.Increment(ref next))
                ended.Add((n, await tripped.Site.ExecuteAsync(tripped.Site.SignTogether(tripped.Key, n))));
        }));
        tripped.Gateways.Before = null;

        // Whoever was killed last is back, and nobody is killed any more.
        await killer.WaitAsync(VaultSite.Cancellation);

        Assert.Equal(sessions, ended.Count);
        var signed = ended.Where(one => one.Outcome.Refusal is null).Select(one => (one.N, one.Outcome.Value.Signature!)).ToList();
        Assert.All(ended.Where(one => one.Outcome.Refusal is not null), one => Assert.True(one.Outcome.Refusal!.Code.IsRetriable(), one.Outcome.Refusal.ToString()));
        Assert.All(signed, one => SignatureChecks.Verify(one.Item2, Hash256.Sha256(BitConverter.GetBytes(one.N))));
        Assert.Equal(signed.Count, signed.Select(one => Convert.ToHexString(one.Item2.R.Span)).Distinct().Count());

        // What was carried never repeats either: a nonce's point, sealed anew or not, is sent in one session alone.
        var packets = new List<Hash256>();
        foreach (var (_, signature) in signed) packets.AddRange((await tripped.JournalAsync(signature)).Tries.SelectMany(one => one.Steps).SelectMany(step => step.Packets));
        Assert.Equal(packets.Count, packets.Distinct().Count());
        Assert.True(signed.Count >= sessions / 2, $"only {signed.Count} of {sessions} were signed");

        // By what the enclaves recorded before they used it, across every kill: no nonce was spent twice, and each signature's was spent on its request.
        var spent = tripped.Site.Enclaves.SelectMany(enclave => enclave.SpentNonces()).ToList();
        var byNonce = spent.ToLookup(one => one.Nonce[2..]);
        Assert.Equal(spent.Count, byNonce.Count);
        var bySession = spent.ToLookup(one => one.Session);
        Assert.All(ended.Where(one => one.Outcome.Refusal is null).Select(one => one.Outcome.Value), one =>
        {
            var last = Assert.Single(byNonce[Convert.ToHexStringLower(one.Signature!.R.Span)]);
            Assert.Equal([0, 1, 1], bySession[last.Session].Select(part => part.Place).Order());
            Assert.All(bySession[last.Session], part => Assert.Equal(one.Hash, part.Approval));
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{signed.Count} signed of {sessions}, {spent.Count} nonces spent, {kills} kills");

        // Nothing is left of all that in any enclave once what was prepared has been given back.
        await tripped.EmptyAsync();

        // Whoever was refused asks again, and is signed for.
        foreach (var (n, _) in ended.Where(one => one.Outcome.Refusal is not null))
            SignatureChecks.Verify(await tripped.SignAsync(n), Hash256.Sha256(BitConverter.GetBytes(n)));
    }

    [Fact]
    public async Task Sessions_of_one_key_do_not_wait_for_one_another()
    {
        await using var tripped = await TrippedSite.StartAsync();
        using var gate = new SemaphoreSlim(0);
        var waiting = 0;
        var held = new TaskCompletionSource();

        // The first of them is held at its second step until ten others are through.
        tripped.Gateways.Before = async (_, called, _) =>
        {
            if (called == EnclaveCallKind.StepSession && Interlocked.Increment(ref waiting) == 1)
            {
                held.SetResult();
                await gate.WaitAsync(VaultSite.Cancellation);
            }

            return null;
        };
        var first = tripped.SignAsync(0);
        await held.Task;
        await Task.WhenAll(Enumerable.Range(1, 10).Select(tripped.SignAsync));
        Assert.False(first.IsCompleted);
        gate.Release();
        SignatureChecks.Verify(await first, Hash256.Sha256(BitConverter.GetBytes(0)));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>The same choices for the same seed, as far as the order of calls is the same.</summary>
    private sealed class SeededChance(int seed)
    {
        private int _drawn;

        public int Next(int below) =>
            (int)(BitConverter.ToUInt32(Hash256.Sha256([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(Interlocked.Increment(ref _drawn))]).AsSpan()) % (uint)below);
    }
}
