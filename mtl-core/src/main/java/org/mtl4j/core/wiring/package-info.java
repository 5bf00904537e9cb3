/** Typed Guice binders: one for each set of things that is open and bound by name. */
package org.mtl4j.core.wiring;
