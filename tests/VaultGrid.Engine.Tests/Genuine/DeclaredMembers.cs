using System.Globalization;
using System.Reflection;

namespace VaultGrid.Engine.Tests.Genuine;

/// <summary>The visible members that the embedded engine declares, one line each: name, generic arity, parameters with names, type.</summary>
internal static class DeclaredMembers
{
    public static IEnumerable<string> Of(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            if (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            {
                yield return Method(
                    method.Name,
                    method.IsStatic,
                    method.IsGenericMethod ? method.GetGenericArguments().Length : 0,
                    method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"),
                    method is MethodInfo { ReturnType: var returned } ? Name(returned) : "System.Void");
            }
        }

        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return Field(
                field.Name,
                Name(field.FieldType),
                field.IsLiteral ? Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : null);
        }
    }

    public static string Method(string name, bool isStatic, int arity, IEnumerable<string> parameters, string returned) =>
        $"{(isStatic ? "static " : string.Empty)}{name}`{arity}({string.Join(", ", parameters)}) : {returned}";

    public static string Field(string name, string type, string? value) => $"field {name} : {type} = {value}";

    public static string Name(Type type)
    {
        if (type.IsGenericMethodParameter)
        {
            return $"!!{type.GenericParameterPosition}";
        }

        if (type.IsGenericTypeParameter)
        {
            return $"!{type.GenericParameterPosition}";
        }

        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsByRef ? "&" : "[]");
        }

        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = open.FullName!;
        return type is { IsGenericType: true, IsGenericTypeDefinition: false }
            ? $"{name}<{string.Join(",", type.GetGenericArguments().Select(Name))}>"
            : name;
    }
}
