using System.Collections;

namespace VaultGrid.Embedded.Calls;

/// <summary>Calls in order, linked through themselves: adding and removing allocate nothing. Not thread-safe.</summary>
internal sealed class CallList : IEnumerable<GrainCall>
{
    private GrainCall? _last;

    public GrainCall? First { get; private set; }

    public int Count { get; private set; }

    public void Add(GrainCall call)
    {
        call.List = this;
        call.Previous = _last;
        if (_last is null)
        {
            First = call;
        }
        else
        {
            _last.Next = call;
        }

        _last = call;
        Count++;
    }

    /// <summary>Does nothing if the call is in another list, or none.</summary>
    public void Remove(GrainCall call)
    {
        if (!ReferenceEquals(call.List, this))
        {
            return;
        }

        if (call.Previous is null)
        {
            First = call.Next;
        }
        else
        {
            call.Previous.Next = call.Next;
        }

        if (call.Next is null)
        {
            _last = call.Previous;
        }
        else
        {
            call.Next.Previous = call.Previous;
        }

        (call.List, call.Previous, call.Next) = (null, null, null);
        Count--;
    }

    public IReadOnlyList<GrainCall> TakeAll()
    {
        var all = this.ToArray();
        foreach (var call in all)
        {
            Remove(call);
        }

        return all;
    }

    public IEnumerable<GrainCall> SentBefore(long timestamp) => this.Where(call => call.SentAt < timestamp);

    /// <summary>The current call may be removed while enumerating.</summary>
    public IEnumerator<GrainCall> GetEnumerator()
    {
        for (var call = First; call is not null;)
        {
            var next = call.Next;
            yield return call;
            call = next;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
