using System.Collections.Immutable;
using System.Reflection;

namespace VaultGrid.Embedded.Copying;

/// <summary>The collections that may travel.</summary>
internal static class CollectionCopiers
{
    private static readonly Dictionary<Type, string> Makers = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(ImmutableArray<>)] = nameof(Array),
        [typeof(ImmutableList<>)] = nameof(ImmutableList),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionary),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionary),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableHashSet),
    };

    public static TypeCopier? TryCreate(Type type)
    {
        if (type.IsSZArray)
        {
            return (TypeCopier)Activator.CreateInstance(typeof(ArrayCopier<>).MakeGenericType(type.GetElementType()!))!;
        }

        if (type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>))
        {
            return new MemoryCopier();
        }

        return type.IsGenericType && Makers.TryGetValue(type.GetGenericTypeDefinition(), out var maker)
            ? (TypeCopier)typeof(CollectionCopiers)
                .GetMethod(maker, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments())
                .Invoke(null, null)!
            : null;
    }

    private static CollectionCopier<List<T>, T> List<T>() => new(list => new List<T>(list.Count), (list, item) => list.Add(item));

    private static CollectionCopier<HashSet<T>, T> HashSet<T>() =>
        new(set => new HashSet<T>(set.Count, set.Comparer), (set, item) => set.Add(item));

    private static CollectionCopier<Queue<T>, T> Queue<T>() => new(queue => new Queue<T>(queue.Count), (queue, item) => queue.Enqueue(item));

    private static CollectionCopier<SortedSet<T>, T> SortedSet<T>() => new(set => new SortedSet<T>(set.Comparer), (set, item) => set.Add(item));

    private static CollectionCopier<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> Dictionary<TKey, TValue>()
        where TKey : notnull =>
        new(map => new Dictionary<TKey, TValue>(map.Count, map.Comparer), (map, pair) => map.Add(pair.Key, pair.Value));

    private static CollectionCopier<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> SortedDictionary<TKey, TValue>()
        where TKey : notnull =>
        new(map => new SortedDictionary<TKey, TValue>(map.Comparer), (map, pair) => map.Add(pair.Key, pair.Value));

    private static ImmutableCollectionCopier<ImmutableArray<T>, T> Array<T>() =>
        new(ShallowTypes.ContainsAllOf(typeof(T)), (array, items) => array.IsDefault ? array : [.. items]);

    private static ImmutableCollectionCopier<ImmutableList<T>, T> ImmutableList<T>() =>
        new(ShallowTypes.ContainsAllOf(typeof(T)), (_, items) => [.. items]);

    private static ImmutableCollectionCopier<ImmutableHashSet<T>, T> ImmutableHashSet<T>() =>
        new(ShallowTypes.ContainsAllOf(typeof(T)), (set, items) => set.Clear().Union(items));

    private static ImmutableCollectionCopier<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        ImmutableDictionary<TKey, TValue>()
        where TKey : notnull =>
        new(ShallowTypes.ContainsAllOf(typeof(TKey)) && ShallowTypes.ContainsAllOf(typeof(TValue)), (map, pairs) => map.Clear().AddRange(pairs));

    private static ImmutableCollectionCopier<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        ImmutableSortedDictionary<TKey, TValue>()
        where TKey : notnull =>
        new(ShallowTypes.ContainsAllOf(typeof(TKey)) && ShallowTypes.ContainsAllOf(typeof(TValue)), (map, pairs) => map.Clear().AddRange(pairs));
}
