using VaultGrid.Dealing;

namespace VaultGrid.Cli.Threshold;

/// <summary>The ceremony's steps on stderr, so that whoever waits sees that something happens.</summary>
internal sealed class DealProgress(Screen screen)
{
    private const int Every = 200;

    public void Show(DealStep step)
    {
        switch (step)
        {
            case DealStep.SearchingPrimes(var tried) when tried % Every == 0:
                screen.Progress($"searching primes: {tried} candidates tried");
                break;
            case DealStep.SearchingPrimes:
                break;
            case DealStep.PrimesFound(var bits):
                screen.Progress($"P is drawn: a modulus of {bits} bits");
                break;
            case DealStep.Shared(var count):
                screen.Progress($"the key is in {count} shares; every share is proven");
                break;
            case DealStep.Wrapped(var node):
                screen.Progress($"the part of cluster {node.Cluster} is sealed to node {node}");
                break;
            case DealStep.Forgotten:
                screen.Progress("key, shares and primes are wiped");
                break;
            default:
                throw new InvalidOperationException("An unlisted step.");
        }
    }
}
