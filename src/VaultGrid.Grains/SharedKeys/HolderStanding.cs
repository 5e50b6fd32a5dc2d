namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// How holders of one key have behaved lately: who is asked first, who last. In memory; a wrong opinion costs a try. Used on the turns of one activation.
/// </summary>
internal sealed class HolderStanding(TimeProvider time)
{
    private const int Times = 4;
    private const double Weight = 0.125;

    private readonly Dictionary<NodeId, DateTimeOffset> _grudges = [];
    private TimeSpan _usual;
    private uint _turn;

    /// <summary>Holders in the order in which they are asked: those that nothing is held against first, and among equals each in turn.</summary>
    public IReadOnlyList<NodeId> Order(IReadOnlyList<NodeId> holders)
    {
        var now = time.GetUtcNow();
        var turn = (int)(_turn++ % (uint)Math.Max(1, holders.Count));
        return
        [
            .. holders.Select((node, place) => (Node: node, Place: (place + turn) % holders.Count))
                .OrderBy(entry => _grudges.TryGetValue(entry.Node, out var until) && until > now).ThenBy(entry => entry.Place)
                .Select(entry => entry.Node),
        ];
    }

    /// <summary>True where a holder is asked last for now.</summary>
    public bool IsGrudged(NodeId node) => _grudges.TryGetValue(node, out var until) && until > time.GetUtcNow();

    /// <summary>A holder is asked last for a while.</summary>
    public void Hold(NodeId node, TimeSpan grudge) => _grudges[node] = time.GetUtcNow() + grudge;

    /// <summary>A holder has done what it should.</summary>
    public void Forgive(NodeId node) => _grudges.Remove(node);

    /// <summary>Holders have answered, in so much time.</summary>
    public void Took(TimeSpan time) => _usual += Weight * (time - _usual);

    /// <summary>
    /// How long holders are waited for before others are asked beside them: several times what it usually takes now. Where everybody is slow because many callers have come, more
    /// tries would only make it slower.
    /// </summary>
    /// <param name="least">At least so long.</param>
    /// <param name="most">At most so long.</param>
    public TimeSpan Patience(TimeSpan least, TimeSpan most)
    {
        var wait = Times * _usual;
        return wait < least ? least : wait > most ? most : wait;
    }
}
