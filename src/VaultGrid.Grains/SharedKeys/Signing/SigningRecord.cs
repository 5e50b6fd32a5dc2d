namespace VaultGrid.Grains.SharedKeys;

/// <summary>What went wrong in one signature so far: who is left out of the next try, and when there is no use in another. Used on the turns of one activation.</summary>
internal sealed class SigningRecord(int faulty)
{
    private const int Out = 2;

    private readonly Dictionary<NodeId, int> _strikes = [];
    private readonly Dictionary<NodeId, Refusal> _said = [];

    /// <summary>Who was blamed.</summary>
    public Blames Blames { get; } = new();

    /// <summary>True for a holder that is not asked again for this signature.</summary>
    public bool IsOut(NodeId node) => _strikes.GetValueOrDefault(node) >= Out;

    /// <summary>How often something went wrong with a holder.</summary>
    public int Strikes(NodeId node) => _strikes.GetValueOrDefault(node);

    /// <summary>A holder is out: it was silent, or what it sent is wrong.</summary>
    public void Strike(NodeId node, string why, NodeId? by = null)
    {
        _strikes[node] = Out;
        Blames.Add(node, why, by);
    }

    /// <summary>Takes a mishap. Who refuses once may have lost a session key: it is asked once more.</summary>
    public void Take(TryMishap mishap)
    {
        _said[mishap.Node] = mishap.Refusal;
        _strikes[mishap.Node] = _strikes.GetValueOrDefault(mishap.Node) + (mishap.Refusal.Code == RefusalCode.EnclaveDetached || IsOfTheRequest(mishap.Refusal.Code) ? Out : 1);
        if (!IsOfTheRequest(mishap.Refusal.Code) && IsOut(mishap.Node)) Blames.Add(mishap.Node, mishap.Refusal.Code.Name());
        foreach (var accused in mishap.Accused)
        {
            _strikes[accused] = _strikes.GetValueOrDefault(accused) + 1;
            Blames.Add(accused, mishap.Refusal.Code.Name(), mishap.Node == accused ? null : mishap.Node);
        }
    }

    /// <summary>What f + 1 holders say of the request itself: one of them is honest. Null while fewer do.</summary>
    public Refusal? Agreed
    {
        get
        {
            var said = _said.Values.Where(refusal => IsOfTheRequest(refusal.Code)).ToList();
            return said.Count > faulty ? said.GroupBy(refusal => refusal.Code).MaxBy(same => same.Count())!.First() : null;
        }
    }

    /// <summary>What tells most of why there is no signature.</summary>
    public Refusal Telling(int needed, int left) =>
        _said.Values.FirstOrDefault(refusal => IsOfTheRequest(refusal.Code)) ?? _said.Values.FirstOrDefault(refusal => refusal.Code != RefusalCode.EnclaveDetached)
        ?? new Refusal(RefusalCode.GridUnavailable, $"{needed} holders of the key use it together, and {left} can");

    // Whatever speaks of the request, the call or the key's policy would be said by every honest holder; all else may be one node's own trouble.
    private static bool IsOfTheRequest(RefusalCode code) => code.Name().Split('.')[0] is "request" or "approval" or "call" or "policy" or "transaction" or "certificate"
        || code is RefusalCode.InputUnsupported or RefusalCode.StateConflict;
}
