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

    private delegate TAnswer FromBytesWith<TContext, TAnswer>(ReadOnlySpan<byte> bytes, TContext context);

    private delegate TAnswer FromWithBytes<TContext, TAnswer>(TContext context, ReadOnlySpan<byte> bytes);

    private delegate TAnswer FromWire<TAnswer>(ref WireReader reader);

    public static IEnumerable<FuzzTarget> All() =>
        from assembly in Assemblies
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where Names.Contains(method.Name) && !method.IsPrivate && !method.ContainsGenericParameters 
        from target in method.GetParameters().Length switch
        {
            1 => Target(type, method) is { } alone ? [alone] : Array.Empty<FuzzTarget>(),
            2 => InContext(type, method),
            _ => [],
        }
        select target;

    // Documents that are read under a group, beside a cache, or as one of several kinds.
    private static IEnumerable<FuzzTarget> InContext(Type type, MethodInfo method)
    {
        if (method.ReturnType is not { IsGenericType: true } answer || answer.GetGenericTypeDefinition() != typeof(Outcome<>)) return [];
        Type[] takes = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        var bytesFirst = takes[0] == typeof(ReadOnlySpan<byte>);
        if (!bytesFirst && takes[1] != typeof(ReadOnlySpan<byte>)) return [];
        var context = takes[bytesFirst ? 1 : 0];
        object[] values = context == typeof(Model.Certificates.CertificateCache) ? [new Model.Certificates.CertificateCache()]
            : context == typeof(VaultGrid.Crypto.Groups.PrimeGroup) ? [VaultGrid.Crypto.Groups.PrimeGroup.Secp256k1, VaultGrid.Crypto.Groups.PrimeGroup.Ed25519, VaultGrid.Crypto.Groups.PrimeGroup.Bls12381G1]
            : context.IsEnum ? [.. Enum.GetValues(context).Cast<object>()]
            : [];
        if (values.Length == 0) return [];
        var maker = typeof(ParserDiscovery).GetMethod(bytesFirst ? nameof(OfSpanWith) : nameof(OfWithSpan), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(context, answer.GetGenericArguments()[0]);
        return values.Select(value => (FuzzTarget)maker.Invoke(null, [$"{type.Name}.{method.Name}.{(values.Length > 1 ? value : context.Name)}", method, value])!);
    }

    private static FuzzTarget OfSpanWith<TContext, T>(string name, MethodInfo method, TContext context)
        where T : notnull
    {
        var parse = method.CreateDelegate<FromBytesWith<TContext, Outcome<T>>>();
        return new FuzzTarget(name, bytes => Way(parse(bytes, context)));
    }

    private static FuzzTarget OfWithSpan<TContext, T>(string name, MethodInfo method, TContext context)
        where T : notnull
    {
        var parse = method.CreateDelegate<FromWithBytes<TContext, Outcome<T>>>();
        return new FuzzTarget(name, bytes => Way(parse(context, bytes)));
    }

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
