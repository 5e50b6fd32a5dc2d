using System.Reflection;

namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>
/// Every parser of these assemblies by its shape: a static method named Parse, Read or Decode that takes bytes or text alone and answers an Outcome, or that reads
/// one value of a message. One that is added later is found by itself.
/// </summary>
internal static class ParserDiscovery
{
    private static readonly string[] Names = ["Parse", "Read", "Decode", "ParsePem"];

    private static readonly Assembly[] Assemblies =
    [
        typeof(Crypto.PublicKey).Assembly, typeof(Model.RequestDocument).Assembly, typeof(EnclaveStatus).Assembly, typeof(EnclaveCore).Assembly,
        typeof(Protocols.Vote).Assembly, typeof(Ceremony.Requests.TransactionDocument).Assembly,
    ];

    private delegate TAnswer FromBytes<TAnswer>(ReadOnlySpan<byte> bytes);

    private delegate TAnswer FromWire<TAnswer>(ref WireReader reader);

    public static IEnumerable<FuzzTarget> All() =>
        from assembly in Assemblies
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where Names.Contains(method.Name) && !method.IsPrivate && !method.ContainsGenericParameters && method.GetParameters().Length == 1
        let target = Target(type, method)
        where target is not null
        select target;

    private static FuzzTarget? Target(Type type, MethodInfo method)
    {
        var takes = method.GetParameters()[0].ParameterType;
        var answersOutcome = method.ReturnType is { IsGenericType: true } answer && answer.GetGenericTypeDefinition() == typeof(Outcome<>);
        var name = $"{type.Name}.{method.Name}";
        return (answersOutcome, takes) switch
        {
            (true, _) when takes == typeof(ReadOnlySpan<byte>) => Make(nameof(OfSpan), name, method),
            (true, _) when takes == typeof(ReadOnlyMemory<byte>) => Make(nameof(OfMemory), name, method),
            (true, _) when takes == typeof(string) && type.Namespace is not "VaultGrid.Enclave" => Make(nameof(OfText), name, method),

            // The enclave's own store and hardware are read behind a seal: the store's target covers them.
            (false, _) when takes == typeof(WireReader).MakeByRefType() && type.Assembly != typeof(EnclaveCore).Assembly && method.ReturnType != typeof(void) => Make(nameof(OfWire), name, method),
            _ => null,
        };
    }

    private static FuzzTarget Make(string maker, string name, MethodInfo method)
    {
        var answer = method.ReturnType is { IsGenericType: true } outcome && outcome.GetGenericTypeDefinition() == typeof(Outcome<>) ? outcome.GetGenericArguments()[0] : method.ReturnType;
        return (FuzzTarget)typeof(ParserDiscovery).GetMethod(maker, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(answer).Invoke(null, [name, method])!;
    }

    private static FuzzTarget OfSpan<T>(string name, MethodInfo method)
        where T : notnull
    {
        var parse = method.CreateDelegate<FromBytes<Outcome<T>>>();
        return new FuzzTarget(name, bytes => Way(parse(bytes)));
    }

    private static FuzzTarget OfMemory<T>(string name, MethodInfo method)
        where T : notnull
    {
        var parse = method.CreateDelegate<Func<ReadOnlyMemory<byte>, Outcome<T>>>();
        return new FuzzTarget(name, bytes => Way(parse(bytes)));
    }

    private static FuzzTarget OfText<T>(string name, MethodInfo method)
        where T : notnull
    {
        var parse = method.CreateDelegate<Func<string, Outcome<T>>>();
        return new FuzzTarget(name, bytes => Way(parse(System.Text.Encoding.UTF8.GetString(bytes))));
    }

    private static FuzzTarget OfWire<T>(string name, MethodInfo method)
    {
        var read = method.CreateDelegate<FromWire<T>>();
        return new FuzzTarget($"{name}.wire", bytes =>
        {
            var reader = new WireReader(bytes);
            _ = read(ref reader);
            return reader.End("it", out var refusal) ? "read" : refusal.Detail;
        });
    }

    private static string Way<T>(Outcome<T> outcome)
        where T : notnull
    {
        if (!outcome.Is(out var value, out var refusal)) return $"{refusal.Code}: {refusal.Detail}";
        (value as IDisposable)?.Dispose();
        return "read";
    }
}
