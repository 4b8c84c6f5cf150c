package io.mcpgovernor.method;

import io.mcpgovernor.Governor;
import io.mcpgovernor.ProxyProvider;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.ToolSchema;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes governed Java interfaces. */
public final class GovernedInterfaces implements ProxyProvider {
  /** For {@link java.util.ServiceLoader}; ask {@link Governor#proxy}. */
  public GovernedInterfaces() {}

  @Override
  public <T> T proxy(
      Governor governor,
      Class<T> api,
      T implementation,
      Supplier<? extends @Nullable Principal> caller) {
    if (!api.isInterface()) {
      throw new IllegalArgumentException(api.getName() + " is not an interface");
    }
    Map<Method, InterfaceMethod> methods = new HashMap<>();
    Map<String, MethodTool> named = new HashMap<>();
    for (Method method : api.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      GovernedTool declaration = declaration(method, implementation.getClass());
      MethodTool tool = new MethodTool(implementation, method, declaration, Set.of(), Set.of());
      MethodTools.add(tool, named);
      governor.tools().register(described(api, tool), declaration.sensitivity());
      methods.put(method, new InterfaceMethod(governor, api.getSimpleName(), tool, caller));
    }
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          InterfaceMethod governed = methods.get(method);
          Object[] values = arguments == null ? new Object[0] : arguments;
          return governed != null ? governed.call(values) : own(api, proxy, method, values);
        };
    return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, handler));
  }

  private static Tool described(Class<?> api, MethodTool tool) {
    return MethodTool.declare(tool.declaration(), Tool.of(api.getSimpleName(), tool.definition()))
        .argumentCheck(ToolSchema.of(tool.inputSchema()))
        .build();
  }

  /** What is said at the interface, else at what implements it, else nothing in particular. */
  private static GovernedTool declaration(Method method, Class<?> implementation) {
    GovernedTool declared = method.getAnnotation(GovernedTool.class);
    if (declared != null) {
      return declared;
    }
    try {
      declared =
          implementation
              .getMethod(method.getName(), method.getParameterTypes())
              .getAnnotation(GovernedTool.class);
      return declared != null
          ? declared
          : Objects.requireNonNull(
              GovernedInterfaces.class
                  .getDeclaredMethod("undeclared")
                  .getAnnotation(GovernedTool.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(implementation + " does not have " + method, e);
    }
  }

  @GovernedTool
  @SuppressWarnings("UnusedMethod") // its annotation is what a method without one gets
  private static void undeclared() {}

  /** The methods every object has are the proxy's own and no tools. */
  @SuppressWarnings("ReferenceEquality") // equals would call itself
  private static @Nullable Object own(Class<?> api, Object proxy, Method method, Object[] values) {
    return switch (method.getName()) {
      case "equals" -> proxy == values[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "governed " + api.getName();
      default -> throw new UnsupportedOperationException(method + " is not governed");
    };
  }
}
