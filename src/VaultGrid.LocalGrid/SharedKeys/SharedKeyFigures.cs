using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Client.Secrets;

namespace VaultGrid.LocalGrid;

/// <summary>How long keys of one (n, f) take on this machine, one caller, the whole way: administrators' approvals, silo, enclave processes, verification by the caller.</summary>
/// <param name="keys">The grid's keys.</param>
/// <param name="caller">Whose calls are measured: over REST, or at the grains.</param>
/// <param name="holders">Who holds the keys.</param>
public sealed class SharedKeyFigures(LocalSharedKeys keys, SharedKeyCaller caller, HolderSet holders)
{
    private const int WarmUp = 300;

    // What a generation does once is compiled for good after hundreds of them, and that compiling takes a core for some time: whoever begins to measure then measures it too. Other kinds share most of it.
    private const int FirstWarmUp = 400;
    private const int GenerationWarmUp = 150;

    // A runtime compiles what is hot anew on a thread of its own, once nothing new has come for 100 ms and it was called 30 times more: pauses, and calls between them, let every process do so before the
    // clock starts.
    private const int Pauses = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private int _made;
    private bool _hasGenerated;

    /// <summary>Generations of keys of a kind, each a new key. Approvals are people's work: they are there before the clock starts.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="count">How many.</param>
    /// <param name="approve">Gives a request and its document their approvals, and answers what executes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Figure> GenerationAsync(KeyKind kind, int count, Func<RequestDocument, byte[], Func<Task>> approve, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approve);
        var warmUp = Math.Min(4 * count, _hasGenerated ? GenerationWarmUp : FirstWarmUp);
        _hasGenerated = true;
        var policies = Enumerable.Range(0, count + warmUp).Select(_ => keys.Policy(NewName(kind), kind)).ToList();
        var executions = policies.Select(policy => approve(keys.GenerateRequest(policy, kind, holders), policy.ToUtf8())).ToList();
        return await MeasureAsync(count, at => executions[at](), cancellationToken, warmUp).ConfigureAwait(false);
    }

    /// <summary>Signatures over random 32-byte messages.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many.</param>
    /// <param name="pooled">Only those that used prepared nonces, or only those that did not; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Figure> SignatureAsync(VerifiedKey key, int count, bool? pooled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (times, made, warmUp) = (new List<double>(), 0, Math.Min(count, WarmUp));
        for (var attempt = 0; times.Count < count && attempt < (20 * count) + 100; attempt++)
        {
            await PauseAsync(attempt, warmUp, cancellationToken).ConfigureAwait(false);
            var message = RandomNumberGenerator.GetBytes(32);
            var started = Stopwatch.GetTimestamp();
            var signed = await SignAsync(key, message, cancellationToken).ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            made++;
            if (attempt >= warmUp && (pooled is null || signed.Pooled == pooled)) times.Add(elapsed);

            // Nonces are prepared while nobody signs: who wants prepared ones leaves a moment for it.
            if (pooled == true && !signed.Pooled) await Task.Delay(50, cancellationToken).ConfigureAwait(false);
        }

        return Figure.Of(times, made);
    }

    /// <summary>Verifications of one signature, on this machine.</summary>
    public async Task<Figure> ValidationAsync(VerifiedKey key, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var message = RandomNumberGenerator.GetBytes(32);
        var signed = await SignAsync(key, message, cancellationToken).ConfigureAwait(false);
        var algorithm = key.Birth.Kind.Algorithm()!.Value;
        return await MeasureAsync(
            count,
            _ => MessageSignatures.Verify(algorithm, signed.PublicKey.Span, message, signed.Signature.Span) ? Task.CompletedTask : throw new LocalGridException("a signature was not valid"),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encryptions of 32 random bytes.</summary>
    public async Task<Figure> EncryptionAsync(VerifiedKey key, int count, CancellationToken cancellationToken) => await MeasureAsync(
        count,
        async _ =>
        {
            using var message = SecretBytes.Random(32);
            Steps.Done(await caller.EncryptAsync(key, message, cancellationToken).ConfigureAwait(false), "an encryption");
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Decryptions of what was encrypted once.</summary>
    public async Task<Figure> DecryptionAsync(VerifiedKey key, int count, CancellationToken cancellationToken)
    {
        using var message = SecretBytes.Random(32);
        var sealedMessage = Steps.Done(await caller.EncryptAsync(key, message, cancellationToken).ConfigureAwait(false), "an encryption").Value;
        return await MeasureAsync(
            count,
            async _ =>
            {
                using var opened = Steps.Done(await caller.DecryptAsync(key, sealedMessage, cancellationToken).ConfigureAwait(false), "a decryption").Value;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A fresh key to be used.</summary>
    public Task<VerifiedKey> NewKeyAsync(KeyKind kind, CancellationToken cancellationToken) => keys.GenerateAsync(NewName(kind), kind, holders, cancellationToken);

    private async Task<MessageSignatureStatus> SignAsync(VerifiedKey key, byte[] message, CancellationToken cancellationToken)
    {
        var algorithm = key.Birth.Kind.Algorithm()!.Value;
        var subject = new SigningSubject.Message(algorithm, message, algorithm == SigningAlgorithm.Taproot ? TaprootTweak.None : null);
        return Steps.Done(await caller.SignAsync(key, new SignParameters(subject, DerivationPath.Master), cancellationToken).ConfigureAwait(false), "a signature");
    }

    private KeyId NewName(KeyKind kind) => KeyId.Parse($"bench-{kind.Name()}-{holders.Nodes.Length}-{_made++}-{Environment.ProcessId}");

    private static async Task<Figure> MeasureAsync(int count, Func<int, Task> operation, CancellationToken cancellationToken, int? before = null)
    {
        var warmUp = before ?? Math.Min(count, WarmUp);
        var times = new List<double>(count);
        for (var at = 0; at < count + warmUp; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await PauseAsync(at, warmUp, cancellationToken).ConfigureAwait(false);
            var started = Stopwatch.GetTimestamp();
            await operation(at).ConfigureAwait(false);
            if (at >= warmUp) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Figure.Of(times, count + warmUp);
    }

    // In equal parts of the warm-up, and after it.
    private static Task PauseAsync(int at, int warmUp, CancellationToken cancellationToken) =>
        at > 0 && at <= warmUp && at % Math.Max(1, warmUp / Pauses) == 0 ? Task.Delay(Pause, cancellationToken) : Task.CompletedTask;
}

/// <summary>What was measured, in milliseconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation.</param>
/// <param name="Median">The median.</param>
/// <param name="Count">Over how many operations.</param>
/// <param name="Made">How many were made, those before the first that counts included.</param>
/// <param name="Times">Each of them.</param>
public sealed record Figure(double Mean, double Deviation, double Median, int Count, int Made, IReadOnlyList<double> Times)
{
    /// <summary>The figure of some times.</summary>
    /// <param name="times">The times.</param>
    /// <param name="made">How many operations were made for them.</param>
    public static Figure Of(IReadOnlyList<double> times, int made)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0) return new Figure(double.NaN, double.NaN, double.NaN, 0, made, times);
        var mean = times.Average();
        var deviation = Math.Sqrt(times.Sum(time => (time - mean) * (time - mean)) / Math.Max(1, times.Count - 1));
        return new Figure(mean, deviation, times.Order().ElementAt(times.Count / 2), times.Count, made, times);
    }
}
