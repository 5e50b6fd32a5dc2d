using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Model;

/// <summary>Verifies a signature that is still being made: what can be computed of that without it is computed on another thread meanwhile. Safe from any thread.</summary>
public sealed class AwaitedSignature
{
    private readonly SigningAlgorithm _algorithm;
    private readonly ReadOnlyMemory<byte> _publicKey;
    private readonly ReadOnlyMemory<byte> _message;
    private readonly Lazy<BlsVerification?> _begun;

    /// <summary>Begins. The parameters are as those of <see cref="MessageSignatures.Verify"/>.</summary>
    /// <param name="algorithm">How it is signed.</param>
    /// <param name="publicKey">Under what; it isn't changed afterwards.</param>
    /// <param name="message">What is signed; it isn't changed afterwards.</param>
    public AwaitedSignature(SigningAlgorithm algorithm, ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> message)
    {
        (_algorithm, _publicKey, _message) = (algorithm, publicKey, message);
        _begun = new(() => BlsPublicKey.Parse(publicKey.Span).Is(out var key, out _) ? new BlsVerification(key, message.Span) : null);

        // Of the others' work nothing is worth a thread.
        if (algorithm == SigningAlgorithm.Bls) ThreadPool.UnsafeQueueUserWorkItem(static begun => _ = begun.Value, _begun, preferLocal: false);
    }

    /// <summary>True where this is the signature that was waited for.</summary>
    public bool Accepts(ReadOnlySpan<byte> signature) => _algorithm == SigningAlgorithm.Bls
        ? BlsSignature.Parse(signature).Is(out var read, out _) && Accepts(read)
        : MessageSignatures.Verify(_algorithm, _publicKey.Span, _message.Span, signature);

    /// <summary>The same for one that is a point already; never true where another algorithm was to sign.</summary>
    public bool Accepts(BlsSignature signature) => _algorithm == SigningAlgorithm.Bls && _begun.Value is { } verification && verification.Accepts(signature);
}
