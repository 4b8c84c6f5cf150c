package io.mcpgovernor.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the methods marked by {@link GovernedTool}. */
public final class MethodTools {
  private MethodTools() {}

  /**
   * The tools of objects: each method marked in their classes, what these extend or what they
   * implement; in no particular order.
   *
   * @param provided types of parameters that are no arguments, but given by the host
   * @param ready types of results that the host takes as they are
   * @throws IllegalArgumentException if an object has no such method, one cannot be described, or
   *     two have the same name
   */
  public static List<MethodTool> of(List<?> objects, Set<Class<?>> provided, Set<Class<?>> ready) {
    Map<String, MethodTool> tools = new LinkedHashMap<>();
    for (Object object : objects) {
      for (Method method : marked(object.getClass())) {
        MethodTool tool =
            new MethodTool(
                object, method, method.getAnnotation(GovernedTool.class), provided, ready);
        add(tool, tools);
      }
    }
    return List.copyOf(tools.values());
  }

  /**
   * Adds a tool to others.
   *
   * @throws IllegalArgumentException if one of them has its name
   */
  static void add(MethodTool tool, Map<String, MethodTool> others) {
    MethodTool other = others.putIfAbsent(tool.name(), tool);
    if (other != null) {
      throw new IllegalArgumentException(
          "two tools are named %s: %s and %s; name one of them by @GovernedTool(name)"
              .formatted(tool.name(), other.method(), tool.method()));
    }
  }

  /**
   * What a class declares about its tools, by their names.
   *
   * @throws IllegalArgumentException if it has no marked method
   */
  public static Map<String, GovernedTool> declarations(Class<?> type) {
    Map<String, GovernedTool> declarations = new LinkedHashMap<>();
    for (Method method : marked(type)) {
      GovernedTool declaration = method.getAnnotation(GovernedTool.class);
      declarations.put(MethodTool.nameOf(method, declaration), declaration);
    }
    return declarations;
  }

  private static List<Method> marked(Class<?> type) {
    Map<String, Method> bySignature = new LinkedHashMap<>();
    for (Class<?> each : lineage(type)) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.isAnnotationPresent(GovernedTool.class) && !method.isBridge()) {
          if (Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException(method + " is static, and tools belong to objects");
          }
          bySignature.putIfAbsent(signature(method), method);
        }
      }
    }
    if (bySignature.isEmpty()) {
      throw new IllegalArgumentException(type.getName() + " has no method with @GovernedTool");
    }
    return List.copyOf(bySignature.values());
  }

  /** A class and all it extends and implements, nearest first: proxies do not inherit marks. */
  private static List<Class<?>> lineage(Class<?> type) {
    List<Class<?>> lineage = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      lineage.add(each);
    }
    for (int i = 0; i < lineage.size(); i++) {
      for (Class<?> each : lineage.get(i).getInterfaces()) {
        if (!lineage.contains(each)) {
          lineage.add(each);
        }
      }
    }
    return lineage;
  }

  private static String signature(Method method) {
    return method.getName() + List.of(method.getParameterTypes());
  }
}
