/** Composes operations under named scopes: variables, layers, embedding tables. Knows no task. */
package org.mtl4j.core.graph;
