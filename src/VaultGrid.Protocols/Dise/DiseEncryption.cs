namespace VaultGrid.Protocols.Dise;

/// <summary>A requester that encrypts: commits to the message, collects evaluations, seals.</summary>
public sealed class DiseEncryption : IDisposable
{
    private readonly SecretBytes _opened;

    private DiseEncryption(SecretBytes opened, DiseCombiner combiner) => (_opened, Combiner) = (opened, combiner);

    /// <summary>What to have evaluated, and where the answers go.</summary>
    public DiseCombiner Combiner { get; }

    /// <summary>Draws ρ and computes α = Com(m; ρ).</summary>
    /// <param name="key">The key's public side, of a certified transcript.</param>
    /// <param name="identity">j: who encrypts, as the enclaves authenticate it.</param>
    /// <param name="message">m, up to <see cref="DiseCiphertext.MaximumMessage"/> bytes; copied.</param>
    public static Outcome<DiseEncryption> Start(SharedKey key, ReadOnlySpan<byte> identity, SecretBytes message)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        if (message.Length > DiseCiphertext.MaximumMessage)
            return new Refusal(RefusalCode.InputTooLarge, $"a message has at most {DiseCiphertext.MaximumMessage} bytes; use an envelope");
        using var rho = SecretBytes.Random(DiseCiphertext.RandomnessLength);
        using var buffer = new SecretBuffer(rho.Length + message.Length);
        buffer.Write(rho);
        buffer.Write(message);
        var opened = buffer.ToSecret();
        if (DiseInput.Of(identity, DiseCiphertext.Commit(opened)).Is(out var input, out var refusal)) return new DiseEncryption(opened, new DiseCombiner(key, input));
        opened.Dispose();
        return refusal;
    }

    /// <summary>Seals ρ ‖ m, as soon as f + 1 good evaluations are there.</summary>
    public StepResult<DiseCiphertext> Finish()
    {
        if (!Combiner.DeriveKey().Is(out var key, out var fault)) return fault;
        using (key) return new DiseCiphertext(Combiner.Input, Aes256Gcm.Seal(key, _opened, Combiner.Input.ToBytes()));
    }

    /// <summary>Wipes message and evaluations.</summary>
    public void Dispose()
    {
        _opened.Dispose();
        Combiner.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "DiseEncryption(redacted)";
}
