using System.Linq.Expressions;
using System.Reflection;

namespace VaultGrid.Embedded.Calls;

/// <summary>Compiles interface methods once.</summary>
internal static class CallMethodFactory
{
    /// <exception cref="NotSupportedException">The method returns no Task or ValueTask, or is generic, or has ref or out parameters.</exception>
    public static CallMethod Create(MethodInfo method)
    {
        if (method.IsGenericMethod || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
        {
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name}: grain methods are neither generic nor have ref or out parameters.");
        }

        var returned = method.ReturnType;
        if (returned == typeof(Task))
        {
            var invoke = Compile<Task>(method);
            return new CallMethod<Nothing>(method, (grain, arguments) => Completed(invoke(grain, arguments)), static answer => answer);
        }

        if (returned == typeof(ValueTask))
        {
            var invoke = Compile<ValueTask>(method);
            return new CallMethod<Nothing>(
                method, (grain, arguments) => Completed(invoke(grain, arguments).AsTask()), static answer => new ValueTask(answer));
        }

        var kind = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        var create = kind == typeof(Task<>) ? nameof(CreateTask) : kind == typeof(ValueTask<>) ? nameof(CreateValueTask)
            : throw new NotSupportedException($"{method.DeclaringType}.{method.Name}: grain methods return Task or ValueTask.");
        return (CallMethod)typeof(CallMethodFactory)
            .GetMethod(create, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(returned.GetGenericArguments()[0])
            .Invoke(null, [method])!;
    }

    private static CallMethod<TResult> CreateTask<TResult>(MethodInfo method) =>
        new(method, Compile<Task<TResult>>(method), static answer => answer);

    private static CallMethod<TResult> CreateValueTask<TResult>(MethodInfo method)
    {
        var invoke = Compile<ValueTask<TResult>>(method);
        return new CallMethod<TResult>(
            method, (grain, arguments) => invoke(grain, arguments).AsTask(), static answer => new ValueTask<TResult>(answer));
    }

    private static Func<object, object?[], TReturned> Compile<TReturned>(MethodInfo method)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            Expression.Convert(grain, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, i) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)));
        return Expression.Lambda<Func<object, object?[], TReturned>>(call, grain, arguments).Compile();
    }

    private static async Task<Nothing> Completed(Task task)
    {
        await task;
        return default;
    }
}
