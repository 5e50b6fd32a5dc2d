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
    private int _made;

    /// <summary>Generations of keys of a kind, each a new key.</summary>
    public async Task<Figure> GenerationAsync(KeyKind kind, int count, Func<RequestDocument, byte[], Task> execute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execute);
        var names = Enumerable.Range(0, count + 2).Select(_ => NewName(kind)).ToList();
        var requests = names.Select(name => keys.Policy(name, kind)).Select(policy => (Policy: policy.ToUtf8(), Request: keys.GenerateRequest(policy, kind, holders))).ToList();
        return await MeasureAsync(count, at => execute(requests[at].Request, requests[at].Policy), cancellationToken, warmUp: 2).ConfigureAwait(false);
    }

    /// <summary>Signatures over random 32-byte messages.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many.</param>
    /// <param name="pooled">Only those that used prepared nonces, or only those that did not; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Figure> SignatureAsync(VerifiedKey key, int count, bool? pooled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var times = new List<double>();
        for (var attempt = 0; times.Count < count && attempt < (20 * count) + 100; attempt++)
        {
            var message = RandomNumberGenerator.GetBytes(32);
            var started = Stopwatch.GetTimestamp();
            var signed = await SignAsync(key, message, cancellationToken).ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (attempt >= 20 && (pooled is null || signed.Pooled == pooled)) times.Add(elapsed);

            // Nonces are prepared while nobody signs: who wants prepared ones leaves a moment for it.
            if (pooled == true && !signed.Pooled) await Task.Delay(50, cancellationToken).ConfigureAwait(false);
        }

        return Figure.Of(times);
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

    private static async Task<Figure> MeasureAsync(int count, Func<int, Task> operation, CancellationToken cancellationToken, int warmUp = 20)
    {
        var times = new List<double>(count);
        var first = Math.Min(warmUp, 20);
        for (var at = 0; at < count + first; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            await operation(at).ConfigureAwait(false);
            if (at >= first) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Figure.Of(times);
    }
}

/// <summary>What was measured, in milliseconds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation.</param>
/// <param name="Median">The median.</param>
/// <param name="Count">Over how many operations.</param>
public sealed record Figure(double Mean, double Deviation, double Median, int Count)
{
    /// <summary>The figure of some times.</summary>
    public static Figure Of(IReadOnlyCollection<double> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0) return new Figure(double.NaN, double.NaN, double.NaN, 0);
        var mean = times.Average();
        var deviation = Math.Sqrt(times.Sum(time => (time - mean) * (time - mean)) / Math.Max(1, times.Count - 1));
        return new Figure(mean, deviation, times.Order().ElementAt(times.Count / 2), times.Count);
    }
}
