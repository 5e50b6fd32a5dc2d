using System.Collections.Concurrent;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// The descendants of a threshold key. Parents are remembered, because accounts lie beside each other and each step costs as much as a signature's check; bounded,
/// and all of it public. Any thread may call.
/// </summary>
/// <param name="root">The key.</param>
internal sealed class ChildKeys(ExtendedPublicKey root)
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<DerivationPath, ChildKey> _parents = new();

    /// <summary>Walks down from the root, or from the parent where that is known.</summary>
    /// <returns>The child, or <see cref="RefusalCode.InputUnsupported"/>: a hardened step, or (1 in 2^127) no such child.</returns>
    public Outcome<ChildKey> Derive(DerivationPath path)
    {
        if (path.Depth == 0) return ChildKey.Root(root);
        var above = new DerivationPath(path.Steps[..^1]);
        if (!_parents.TryGetValue(above, out var parent))
        {
            parent = ChildKey.Root(root);
            foreach (var step in above.Steps)
            {
                if (!parent.Step(step).Is(out parent, out var refusal)) return refusal;
            }

            if (_parents.Count >= Most) _parents.Clear();
            _parents[above] = parent;
        }

        return parent.Step(path.Steps[^1]);
    }
}
