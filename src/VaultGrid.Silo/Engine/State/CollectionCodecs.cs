using System.Collections.Immutable;
using System.Reflection;

namespace VaultGrid.Silo.Engine.State;

/// <summary>The collections that state may hold.</summary>
internal static class CollectionCodecs
{
    private static readonly Dictionary<Type, string> Sequences = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(IReadOnlyList<>)] = nameof(List),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(ImmutableArray<>)] = nameof(ImmutableArray),
        [typeof(ImmutableList<>)] = nameof(ImmutableList),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableHashSet),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionary),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionary),
    };

    public static StateCodec? TryCreate(Type type, StateCodecs codecs)
    {
        if (type.IsSZArray)
        {
            return Make(nameof(Array), [type.GetElementType()!], codecs);
        }

        return type.IsGenericType && Sequences.TryGetValue(type.GetGenericTypeDefinition(), out var maker)
            ? Make(maker, type.GetGenericArguments(), codecs)
            : null;
    }

    private static StateCodec Make(string maker, Type[] arguments, StateCodecs codecs) => (StateCodec)typeof(CollectionCodecs)
        .GetMethod(maker, BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(arguments)
        .Invoke(null, [codecs])!;

    private static SequenceCodec<T> Array<T>(StateCodecs codecs) => Ordered<T>(codecs, items => items.ToArray());

    private static SequenceCodec<T> List<T>(StateCodecs codecs) => Ordered<T>(codecs, items => items.ToList());

    private static SequenceCodec<T> Queue<T>(StateCodecs codecs) => Ordered<T>(codecs, items => new Queue<T>(items));

    private static SequenceCodec<T> ImmutableArray<T>(StateCodecs codecs) => Ordered<T>(codecs, items => items.ToImmutableArray());

    private static SequenceCodec<T> ImmutableList<T>(StateCodecs codecs) => Ordered<T>(codecs, items => items.ToImmutableList());

    private static SequenceCodec<T> HashSet<T>(StateCodecs codecs) => Sorted<T>(codecs, items => items.ToHashSet());

    private static SequenceCodec<T> SortedSet<T>(StateCodecs codecs) => Ordered<T>(codecs, items => new SortedSet<T>(items));

    private static SequenceCodec<T> ImmutableHashSet<T>(StateCodecs codecs) => Sorted<T>(codecs, items => items.ToImmutableHashSet());

    private static SequenceCodec<KeyValuePair<TKey, TValue>> Dictionary<TKey, TValue>(StateCodecs codecs)
        where TKey : notnull => Sorted<KeyValuePair<TKey, TValue>>(codecs, pairs => new Dictionary<TKey, TValue>(pairs));

    private static SequenceCodec<KeyValuePair<TKey, TValue>> SortedDictionary<TKey, TValue>(StateCodecs codecs)
        where TKey : notnull =>
        Ordered<KeyValuePair<TKey, TValue>>(codecs, pairs => new SortedDictionary<TKey, TValue>(new Dictionary<TKey, TValue>(pairs)));

    private static SequenceCodec<KeyValuePair<TKey, TValue>> ImmutableDictionary<TKey, TValue>(StateCodecs codecs)
        where TKey : notnull => Sorted<KeyValuePair<TKey, TValue>>(codecs, pairs => pairs.ToImmutableDictionary());

    private static SequenceCodec<KeyValuePair<TKey, TValue>> ImmutableSortedDictionary<TKey, TValue>(StateCodecs codecs)
        where TKey : notnull => Ordered<KeyValuePair<TKey, TValue>>(codecs, pairs => pairs.ToImmutableSortedDictionary());

    private static SequenceCodec<T> Ordered<T>(StateCodecs codecs, Func<IReadOnlyList<T>, object> build) =>
        new(codecs.For(typeof(T)), build, isSorted: false);

    private static SequenceCodec<T> Sorted<T>(StateCodecs codecs, Func<IReadOnlyList<T>, object> build) =>
        new(codecs.For(typeof(T)), build, isSorted: true);
}
