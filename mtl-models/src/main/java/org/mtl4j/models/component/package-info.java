/** Parts that several architectures are made of. */
package org.mtl4j.models.component;
