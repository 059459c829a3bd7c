// Which unit is open in the editor: part of the address, so that it can be sent
// and Back closes it.
import { type Place, set } from '../router';
import { createStore } from '../store';

export const openUnit = (name: string) => set({ unit: name }, { push: true });

export const openUnitName = ({ parameters }: Place) => parameters.get('unit') ?? '';

// Without a further entry in the history where opening made one.
export const closeUnit = () => set({ unit: '' });

// Counts changes of units, so that what shows them asks again.
export const unitsChanged = createStore(0);
export const tellUnitsChanged = () => unitsChanged.set(unitsChanged.get() + 1);
